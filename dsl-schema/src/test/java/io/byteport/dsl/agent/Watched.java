package io.byteport.dsl.agent;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.source.SourceFile;

/** A runbook that an agent of a test has. */
public final class Watched {
  /** With a parameter of each kind that configuration may get wrong. */
  public static final CheckedRunbook RUNBOOK = load();

  private Watched() {}

  private static CheckedRunbook load() {
    Checked<CheckedRunbook> loaded =
        new RunbookLoader(Catalogues.TEST)
            .load(
                new SourceFile(
                    "pod_restarts.yaml",
                    """
                      apiVersion: byteport.io/v1
                      kind: Runbook
                      metadata:
                        id: pod_restarts
                        title: A pod restarts
                        category: kubernetes
                        severity: high
                        status: beta
                        version: 0.1.0
                      params:
                        most: { type: integer, default: 5, minimum: 1, maximum: 50, doc: Restarts, aliases: [limit] }
                        quiet: { type: duration, default: 5m, doc: How long it must be quiet }
                        reasons: { type: list<string>, default: [Error], doc: Why it restarts }
                        database: { type: database, default: appdb, doc: What it needs }
                        rest: { type: enum, enum: [wait, go], default: wait, doc: What to do next }
                      detectors:
                        pod_restarts:
                          doc: A container restarts again and again
                      inputs:
                        namespace: { type: string, required: true }
                        pod: { type: string, required: true }
                      target:
                        type: pod
                        namespace: ${inputs.namespace}
                        name: ${inputs.pod}
                      diagnose:
                        pod:
                          uses: kubectl.pod
                          with: { pod: "${target}" }
                      classify:
                        rules:
                          - class: restarting
                            when: pod.restarts > params.most
                            confidence: 0.9
                            because: It restarts
                      summary: It restarts
                      remediate:
                        restarting:
                          advice: Look at it for ${params.quiet}; ${params.reasons}, ${params.database}, ${params.rest}
                          steps:
                            - escalate: It restarts
                        unknown:
                          advice: Look at it
                      escalate:
                        to: { chat: {}, page: {} }
                    """));
    return loaded
        .value()
        .orElseThrow(
            () -> new AssertionError(new DiagnosticPrinter(false).print(loaded.diagnostics())));
  }
}

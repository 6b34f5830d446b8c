package io.byteport.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder with a small runbook and its test, in which an editor of this machine is run to its end,
 * set up as docs/editors.md says.
 */
final class EditorFolder {
  private static final Path GUIDE = Path.of("..", "docs", "editors.md");
  private static final long PATIENCE_SECONDS = 300;

  private static final String RUNBOOK =
      """
      apiVersion: byteport.io/v1
      kind: Runbook
      metadata:
        id: restarting_pod
        title: A pod restarts too often
        category: kubernetes
        severity: warning
        status: beta
        version: 0.1.0

      detectors:
        pod_restarts:
          doc: A pod restarts

      inputs:
        namespace: { type: string, from: [namespace], required: true }
        pod: { type: string, from: [pod], required: true }

      target:
        type: pod
        namespace: ${inputs.namespace}
        name: ${inputs.pod}

      diagnose:
        patient:
          uses: kubectl.pod
          with:
            pod: ${target}

      classify:
        rules:
          - class: restarting
            when: patient.restarts > 3
            confidence: 0.9
            because: The pod has restarted ${patient.restarts} times

      remediate:
        restarting:
          steps:
            - escalate: It restarts too often
          advice: Look into the log of ${patient.name}
        unknown:
          advice: Look at the pod

      summary: ${target.name} restarts

      escalate:
        to:
          chat: {}
      """;

  private static final String TEST =
      """
      apiVersion: byteport.io/v1
      kind: RunbookTest
      runbook: restarting_pod

      given:
        signal:
          type: pod_restarts
        inputs:
          namespace: production
          pod: api-1

      cases:
        - name: many restarts are restarting
          given:
            facts:
              patient: { name: api-1, restarts: 4 }
          expect:
            class: restarting
      """;

  private final Path folder;

  EditorFolder(Path temporary) throws IOException {
    folder = temporary.toRealPath();
    Files.createDirectory(folder.resolve(".git")); // no settings of folders above hold here
    Files.writeString(runbook(), RUNBOOK);
    Files.writeString(test(), TEST);
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path program = bin.resolve("byteport");
    String command =
        ClusterProcess.java(Main.class.getName(), List.of()).command().stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .reduce("exec", (left, right) -> left + " " + right);
    Files.writeString(program, "#!/bin/sh\n" + command + " \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path runbook() {
    return folder.resolve("restarting_pod.yaml");
  }

  Path test() {
    return folder.resolve("restarting_pod.test.yaml");
  }

  /** Puts other words in the place of some in the runbook. */
  void edit(String words, String others) throws IOException {
    String text = Files.readString(runbook());
    if (!text.contains(words)) {
      throw new AssertionError(words);
    }
    Files.writeString(runbook(), text.replace(words, others));
  }

  /** Writes a file beside the runbook and returns its path. */
  Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** What the guide has someone write under a heading, in a language. */
  static String snippet(String heading, String language) throws IOException {
    Matcher found =
        Pattern.compile(
                "(?ms)^#+ "
                    + Pattern.quote(heading)
                    + "\n(?:(?!^#).)*?^```"
                    + language
                    + "\n(.*?)^```$")
            .matcher(Files.readString(GUIDE));
    if (!found.find()) {
      throw new AssertionError("no " + language + " under " + heading + " in " + GUIDE);
    }
    return found.group(1);
  }

  /** Runs an editor, which finds the program on its path; what it printed. */
  String run(Path editor, String... arguments) throws IOException, InterruptedException {
    Path log = folder.resolve("editor.log");
    List<String> command = new ArrayList<>(List.of(editor.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    builder.environment().merge("PATH", "", (path, none) -> folder.resolve("bin") + ":" + path);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readString(log, StandardCharsets.UTF_8);
  }
}

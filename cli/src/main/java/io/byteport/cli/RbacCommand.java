package io.byteport.cli;

import io.byteport.adapter.kubernetes.rbac.AccessManifest;
import io.byteport.adapter.kubernetes.rbac.AccessManifest.Account;
import io.byteport.cli.agent.ClusterNeeds;
import io.byteport.cli.agent.StartException;
import io.byteport.dsl.action.ActionDescription.Effect;
import io.byteport.dsl.action.Vocabulary;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.Requirements;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the least that a cluster must allow. */
@Command(
    name = "rbac",
    description = {
      "Print the least-privilege Kubernetes roles that runbooks need, for kubectl apply.",
      "What they need beside a cluster (roles of a database, programs on a host) follows as"
          + " comments.",
      "With the configuration of an agent: what that agent needs of the cluster it runs in, the"
          + " secrets that it refers to among it, and without `mode: live` only what reads need."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  byteport rbac",
      "  byteport rbac --config agent.yaml",
      "  byteport rbac my.yaml --namespace production --read-only",
      "  byteport rbac --service-account ops/byteport | kubectl apply -f -"
    })
final class RbacCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "RUNBOOK",
      arity = "0..*",
      description = "Ids of runbooks, or files. Default: all that come with BytePort.")
  private List<String> runbooks = List.of();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A file of kind Agent, in place of runbooks and namespaces.")
  private @Nullable Path config;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "With --config: the entry that is meant. Default: the cluster it runs in.")
  private @Nullable String cluster;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Only this namespace may be touched; may be repeated. Default: all.")
  private List<String> namespaces = List.of();

  @Option(
      names = "--read-only",
      description = "Only what reads need: enough to diagnose, and to plan in a dry run.")
  private boolean readOnly;

  @Option(
      names = "--service-account",
      paramLabel = "NAMESPACE/NAME",
      defaultValue = "byteport/byteport",
      description = "Who is to be allowed it. Default: ${DEFAULT-VALUE}.")
  private String account = "byteport/byteport";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "byteport",
      description = "Name of the roles and bindings. Default: ${DEFAULT-VALUE}.")
  private String name = "byteport";

  @Override
  public Integer call() throws IOException {
    checked(name, "--name");
    namespaces.forEach(each -> checked(each, "--namespace"));
    Language language = Language.load();
    ClusterNeeds wanted = wanted(language);
    Requirements needs = Requirements.NONE;
    List<String> ids = new ArrayList<>();
    for (CheckedRunbook each : wanted.runbooks()) {
      ids.add(each.id());
      needs =
          needs.and(
              Requirements.of(each, action -> wanted.changes() || action.effect() == Effect.READ));
    }
    Vocabulary vocabulary = language.catalogue().vocabulary();
    Map<String, Set<String>> verbs = new TreeMap<>();
    Map<String, Set<String>> others = new TreeMap<>();
    needs
        .resources()
        .forEach((resource, words) -> of(resource, vocabulary, verbs, others).put(resource, words));
    PrintWriter out = common.terminal().out();
    if (common.output() == Output.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("runbooks", ids);
      json.put("cluster", verbs);
      json.put("others", others);
      json.put("secrets", wanted.secrets());
      json.put("grants", needs.grants());
      json.put("binaries", needs.binaries());
      Json.write(out, json);
      return ExitStatus.OK;
    }
    out.println("# What these runbooks need" + (wanted.changes() ? ":" : " to look:"));
    ids.forEach(id -> out.println("#   " + id));
    if (config != null && ids.isEmpty()) {
      out.println("#   none: no runbook is enabled, or the agent reaches other clusters only, one");
      out.println("#   of which --cluster names");
    }
    AccessManifest manifest = new AccessManifest(name, account());
    if (!verbs.isEmpty()) {
      out.print(manifest.yaml(verbs, wanted.namespaces()));
    }
    out.print(manifest.secrets(wanted.secrets()));
    comment(out, "elsewhere", others);
    comment(out, "permissions of other systems", needs.grants());
    if (!needs.binaries().isEmpty()) {
      out.println("# Programs on the machines: " + String.join(", ", needs.binaries()));
    }
    out.flush();
    return ExitStatus.OK;
  }

  private ClusterNeeds wanted(Language language) throws IOException {
    if (config == null) {
      if (cluster != null) {
        throw new UsageException("--cluster " + cluster + ": names an entry of a --config");
      }
      return new ClusterNeeds(language.wanted(runbooks), !readOnly, namespaces, Map.of());
    }
    if (!runbooks.isEmpty() || !namespaces.isEmpty()) {
      throw new UsageException(
          "--config: the configuration says which runbooks and namespaces are meant; name them"
              + " there");
    }
    try {
      ClusterNeeds said =
          ClusterNeeds.of(
              config,
              cluster,
              new io.byteport.cli.agent.Language(
                  language.catalogue(), language.loader(), Library::runbooks),
              System.getenv());
      return new ClusterNeeds(
          said.runbooks(), said.changes() && !readOnly, said.namespaces(), said.secrets());
    } catch (StartException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What is written by the input that names it is of the cluster, but no rule can be made of it.
   */
  private static Map<String, Set<String>> of(
      String resource,
      Vocabulary vocabulary,
      Map<String, Set<String>> cluster,
      Map<String, Set<String>> others) {
    boolean known = !vocabulary.operations().containsKey(resource) && !resource.startsWith("{");
    return known ? cluster : others;
  }

  private static void comment(PrintWriter out, String title, Map<String, Set<String>> needs) {
    if (!needs.isEmpty()) {
      out.println("# And " + title + ":");
      needs.forEach(
          (resource, words) ->
              out.println(
                  "#   "
                      + (resource.startsWith("{")
                          ? "the kind that `"
                              + resource.substring(1, resource.length() - 1)
                              + "` names"
                          : resource)
                      + ": "
                      + String.join(", ", words)));
    }
  }

  private Account account() {
    int slash = account.indexOf('/');
    if (slash < 1 || slash == account.length() - 1) {
      throw new UsageException(
          "--service-account "
              + account
              + ": expected its namespace and its name, such as byteport/byteport");
    }
    checked(account.substring(0, slash), "--service-account");
    checked(account.substring(slash + 1), "--service-account");
    return new Account(account.substring(0, slash), account.substring(slash + 1));
  }

  private static void checked(String word, String option) {
    if (!NAME.matcher(word).matches()) {
      throw new UsageException(
          option
              + " "
              + word
              + ": expected a name of lower-case letters, digits, dots and dashes that begins and"
              + " ends with a letter or digit");
    }
  }
}

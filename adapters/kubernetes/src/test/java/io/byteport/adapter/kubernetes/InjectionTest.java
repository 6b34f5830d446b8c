package io.byteport.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.RecordMismatchException;
import io.byteport.engine.spi.WatchSource;
import io.byteport.sim.kubernetes.api.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that would be commands, options, paths or selectors somewhere go through every action. */
class InjectionTest {
  private static final String MEGABYTE = "x".repeat(1 << 20);
  private static final List<String> HOSTILE =
      List.of(
          "--all",
          "-n",
          "-",
          "a b",
          "a\nb",
          "a\r\nHost: elsewhere",
          "a\u0000b",
          "\u001b[31mred",
          "$(reboot)",
          "`id`",
          "x;reboot",
          "x'\"",
          "..",
          "../secrets/token",
          "a/b",
          "%2e%2e",
          "a%2fb",
          "a?watch=true",
          "a#b",
          "a,metadata.name=b",
          "a=b",
          "{\"a\":1}",
          "\u202egnp",
          "",
          MEGABYTE);

  /** Where a name must stand; what stands elsewhere is compared, or kept as data. */
  private static final Pattern NAMES =
      Pattern.compile(
          "(.*\\.)?(namespace|container|kind|key|priorityClass|as)|(pod|node|workload|object)\\.name"
              + "|(drain|memory)?node|name");

  private static final Set<String> VALUE_OPTIONS = Set.of("-n", "-c");
  private static final Pattern PLACE =
      Pattern.compile("/(version|api|apis)(/[a-z0-9]([-a-zA-Z0-9._]{0,80}[a-zA-Z0-9])?)*");

  private static final WatchSource.Listener DEAF =
      new WatchSource.Listener() {
        @Override
        public void changed(String key, Value element, Map<String, String> labels) {}

        @Override
        public void gone(String key) {}

        @Override
        public void degraded(String reason) {}
      };

  @TempDir Path folder;

  /** Hands over each text in a value by its place, with the whole as it is with another text. */
  private static void eachText(Value value, String place, Leaf leaf) {
    switch (value) {
      case Value.TextValue text -> leaf.at(place, Value::of);
      case StructValue struct ->
          struct
              .fields()
              .forEach(
                  (field, inner) ->
                      eachText(
                          inner,
                          place.isEmpty() ? field : place + "." + field,
                          (at, with) -> leaf.at(at, text -> struct.with(field, with.text(text)))));
      case Value.ListValue list -> {
        for (Value inner : list.items()) {
          eachText(
              inner, place, (at, with) -> leaf.at(at, text -> Value.of(List.of(with.text(text)))));
        }
      }
      default -> {}
    }
  }

  private interface Leaf {
    void at(String place, Replacement replacement);
  }

  private interface Replacement {
    Value text(String text);
  }

  /** Reads, or prepares a change; what it was refused with, or null. */
  @SuppressWarnings("unchecked")
  private static @Nullable Exception run(Rig rig, String name, StructValue with) {
    try {
      switch (Samples.action(rig, name)) {
        case Action.Read<?, ?> read -> {
          Action.Read<Record, Record> action = (Action.Read<Record, Record>) read;
          Record found = action.read(rig.codec.read(with, action.inputType()), rig.context());
          if (found != null) {
            rig.codec.write(found);
          }
        }
        case Action.Change<?, ?> change -> {
          Action.Change<Record, Record> action = (Action.Change<Record, Record>) change;
          action.prepare(rig.codec.read(with, action.inputType()), rig.context());
        }
      }
      return null;
    } catch (ActionException | RecordMismatchException refused) {
      return refused;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void the_samples_are_what_the_actions_take() {
    try (Rig rig = Rig.yaml(Samples.SCENARIO)) {
      Map<String, String> refused = new LinkedHashMap<>();
      Samples.of(rig, folder)
          .forEach(
              (action, with) -> {
                @Nullable Exception failure = run(rig, action, with);
                if (failure != null) {
                  refused.put(action, String.valueOf(failure.getMessage()));
                }
              });
      assertThat(refused)
          .containsOnlyKeys("kubectl.drain", "kubectl.restoreSecret", "kubectl.deleteSecret");
      assertThat(refused.get("kubectl.drain")).contains("is not cordoned");
      assertThat(refused.get("kubectl.restoreSecret")).contains("there is no backup");
      assertThat(refused.get("kubectl.deleteSecret")).contains("cert-manager makes again");
    }
  }

  @Test
  void nothing_but_names_stands_in_the_addresses_of_requests() {
    try (Rig rig = Rig.yaml(Samples.SCENARIO)) {
      Samples.of(rig, folder)
          .forEach(
              (action, with) ->
                  eachText(
                      with,
                      "",
                      (place, replacement) -> {
                        for (String hostile : HOSTILE) {
                          attack(rig, action, place, hostile, replacement.text(hostile));
                        }
                      }));
      assertThat(rig.cluster.changes()).isEmpty();
    }
  }

  private static void attack(Rig rig, String action, String place, String hostile, Value with) {
    String what = action + " " + place + " " + hostile.substring(0, Math.min(30, hostile.length()));
    rig.cluster.forgetRequests();

    @Nullable Exception refused = run(rig, action, (StructValue) with);

    boolean key = place.equals("key") && hostile.equals("a/b");
    if (NAMES.matcher(place).matches() && !key && !isCompared(action, place)) {
      assertThat(refused).as(what).isNotNull();
    }
    if (refused instanceof ActionException) {
      assertThat(refused.getMessage()).as(what).hasSizeLessThan(3_000).doesNotContain("\u001b");
    }
    for (RecordedRequest request : rig.cluster.requests()) {
      assertThat(request.path()).as(what).matches(PLACE);
      if (hostile.length() > 2) {
        assertThat(URLDecoder.decode(request.query(), StandardCharsets.UTF_8))
            .as(what)
            .doesNotContain(hostile);
      }
      assertThat(request.isChange()).as(what).isFalse();
    }
  }

  /** The names of pods that are gone say what owned them, and are asked for nowhere. */
  private static boolean isCompared(String action, String place) {
    return action.equals("kubectl.replacements") && place.equals("pods.name");
  }

  @Test
  void nothing_but_names_stands_in_the_selectors_of_watches() {
    try (Rig rig = Rig.yaml(Samples.SCENARIO)) {
      for (String hostile : HOSTILE) {
        for (StructValue with :
            List.of(Rig.struct("node", Rig.node(hostile)), Rig.struct("namespace", hostile))) {
          assertThatIllegalArgumentException()
              .isThrownBy(() -> rig.watch("kubectl.pods").start(with, DEAF).close());
        }
      }
      assertThat(rig.cluster.requests()).isEmpty();
    }
  }

  @Test
  void nothing_in_a_printed_command_becomes_an_option() {
    try (Rig rig = Rig.yaml(Samples.SCENARIO)) {
      Samples.of(rig, folder)
          .forEach(
              (action, with) ->
                  eachText(
                      with,
                      "",
                      (place, replacement) -> {
                        for (String option :
                            List.of("--all", "--force", "--kubeconfig=/etc/other")) {
                          assertNoOption(
                              rig, action, (StructValue) replacement.text(option), option);
                        }
                      }));
    }
  }

  @SuppressWarnings("unchecked")
  private static void assertNoOption(Rig rig, String name, StructValue with, String option) {
    Action<Record, Record> action = (Action<Record, Record>) Samples.action(rig, name);
    List<String> words;
    try {
      words = action.command(rig.codec.read(with, action.inputType()));
    } catch (RecordMismatchException refused) {
      return;
    }
    // After two dashes nothing is an option.
    int end = words.contains("--") ? words.indexOf("--") : words.size();
    for (int i = 1; i < end; i++) {
      if (!VALUE_OPTIONS.contains(words.get(i - 1)) && !words.get(0).equals("sh")) {
        assertThat(words.get(i)).as(name + " " + words).isNotEqualTo(option);
      }
    }
  }

  @Test
  void what_is_written_into_an_annotation_arrives_as_it_is() throws Exception {
    try (Rig rig = Rig.yaml(Samples.SCENARIO)) {
      Predicate<String> fits = text -> text.length() < 1_000;
      for (String hostile : HOSTILE.stream().filter(fits).toList()) {
        rig.cluster.forgetRequests();
        annotate(rig, hostile).prepared().made();
        assertThat(rig.deployment("api").getMetadata().getAnnotations())
            .containsEntry("byteport.io/note", hostile);
        assertThat(rig.writes())
            .allSatisfy(
                one ->
                    assertThat(one.path())
                        .isEqualTo("/apis/apps/v1/namespaces/production/deployments/api"));
      }
    }
  }

  private static Rig.Change annotate(Rig rig, String text) {
    return rig.change(
        "kubectl.annotate",
        "object",
        Rig.struct("kind", "Deployment", "namespace", "production", "name", "api"),
        "annotations",
        Rig.struct("byteport.io/note", text));
  }

  @Test
  void more_than_an_object_takes_is_refused_before_any_request() {
    try (Rig rig = Rig.yaml(Samples.SCENARIO)) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowableOfType(
                  ActionException.class, () -> annotate(rig, MEGABYTE).prepared()))
          .hasMessageContaining("an object takes 262144");
      assertThat(rig.cluster.requests()).isEmpty();
    }
  }

  @Test
  void whatever_a_cluster_says_is_text_of_a_bounded_length() throws Exception {
    List<String> texts = List.of("'; $(reboot) `id` \u001b[2J\u0000 --all\r\n\"}]", MEGABYTE);
    for (String text : texts) {
      try (Rig rig = Rig.yaml(Samples.SCENARIO)) {
        poison(rig, text);
        for (Map.Entry<String, StructValue> sample : Samples.of(rig, folder).entrySet()) {
          if (Samples.action(rig, sample.getKey()) instanceof Action.Read<?, ?> read) {
            assertBounded(rig, read, sample.getValue());
          }
        }
        assertThat(rig.cluster.changes()).isEmpty();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void assertBounded(Rig rig, Action.Read<?, ?> read, StructValue with)
      throws Exception {
    Action.Read<Record, Record> action = (Action.Read<Record, Record>) read;
    Record found = action.read(rig.codec.read(with, action.inputType()), rig.context());
    if (found != null) {
      assertThat(rig.codec.write(found).toString()).as(action.name()).hasSizeLessThan(400_000);
    }
  }

  /** Puts a text wherever a cluster lets one stand. */
  private static void poison(Rig rig, String text) {
    var client = rig.cluster.client();
    client
        .apps()
        .deployments()
        .inNamespace("production")
        .withName("api")
        .edit(
            one -> {
              one.getMetadata().getAnnotations().put("note", text);
              one.getMetadata().getAnnotations().put("kubernetes.io/change-cause", text);
              one.getSpec()
                  .getTemplate()
                  .getSpec()
                  .getContainers()
                  .get(0)
                  .setEnv(List.of(new io.fabric8.kubernetes.api.model.EnvVar("POOL", text, null)));
              one.getSpec().getTemplate().getMetadata().setAnnotations(Map.of("note", text));
              return one;
            });
    rig.advance(Duration.ofMinutes(2));
    client
        .namespaces()
        .withName("production")
        .edit(
            one -> {
              one.getMetadata().setAnnotations(Map.of("note", text));
              return one;
            });
    client
        .nodes()
        .withName("worker-1")
        .editStatus(
            one -> {
              one.getStatus().getConditions().forEach(condition -> condition.setMessage(text));
              return one;
            });
    var pod = rig.pods().get(0);
    client
        .v1()
        .events()
        .inNamespace("production")
        .resource(
            new io.fabric8.kubernetes.api.model.EventBuilder()
                .withNewMetadata()
                .withName("loud")
                .withNamespace("production")
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Pod")
                .withNamespace("production")
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endInvolvedObject()
                .withType("Warning")
                .withReason("Loud")
                .withMessage(text)
                .withLastTimestamp(rig.clock.instant().toString())
                .build())
        .create();
    rig.cluster.forgetRequests();
  }
}

package io.byteport.adapter.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.adapter.cloud.ContractServer.Seen;
import io.byteport.dsl.action.ActionDescription;
import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.RecordMismatchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in an input, what arrives is one of the requests that the action makes. */
class InjectionTest {
  private static final List<String> HOSTILE =
      List.of(
          "'\"`$(reboot)",
          "a\nHost: evil.example.com\r\nX-Injected: 1",
          "../../../../admin",
          "..",
          "a/../../b",
          "a?admin=true&x=1",
          "a#fragment",
          "..%2f..%2fadmin",
          "%2e%2e/",
          "\u001b[2J\u001b[31m",
          "nul\u0000byte",
          "\u202Egpj.exe",
          "\uD800",
          "@evil.example.com/",
          "i-0598c7d356eba48d7&Action=TerminateInstances",
          "x".repeat(1_000_000));

  /** All that the actions ask for, as raw paths. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "/(services/[^/]+/deploys|metrics/memory(-limit)?"
              + "|api/0/(organizations/myorg/(issues|events-stats|releases)/([^/]+/(events/latest/)?)?"
              + "|projects/myorg/[^/]+/)"
              + "|repos/[^/]+/[^/]+(/(actions/(runs|jobs)(/[^/]+(/(jobs|logs))?)?"
              + "|actions/workflows/[^/]+(/(runs|dispatches))?|issues|pulls|git/ref/heads/[^/]+))?"
              + "|compute/v1/projects/[^/]+/zones/[^/]+/(disks|instances)/[^/]+|)");

  static Stream<Arguments> inputs() {
    List<Arguments> all = new ArrayList<>();
    for (ActionDescription action : Rig.CATALOGUE.actions()) {
      if (List.of("cloud", "render", "sentry", "github").contains(action.family())) {
        for (ActionDescription.Input input : action.inputs().values()) {
          if (sample(input) instanceof Value.TextValue && !isWord(input)) {
            all.add(Arguments.of(action.name(), input.name()));
          }
        }
      }
    }
    return all.stream();
  }

  private static boolean isWord(ActionDescription.Input input) {
    return input.type() instanceof io.byteport.dsl.type.Type.EnumType;
  }

  private static Rig rig() {
    return Rig.of(
        AwsTest.ACCOUNT,
        GcpTest.ACCOUNT,
        AzureTest.ACCOUNT,
        Rig.withToken("render", Map.of()),
        Rig.withToken("sentry", Map.of("organization", "myorg")),
        Rig.withToken("github", Map.of()));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void a_hostile_text_is_refused_or_arrives_as_data(String action, String input) throws Exception {
    for (String hostile : HOSTILE) {
      try (Rig rig = rig()) {
        run(rig, action, input, hostile);
        for (Seen seen : rig.server.seen()) {
          assertThat(seen.path()).as(action + "." + input).matches(KNOWN);
          assertThat(seen.path().split("/", -1)).doesNotContain("..", ".");
          assertThat(seen.headers()).doesNotContainKey("x-injected");
          assertThat(seen.header("host")).isEqualTo(rig.server.url().substring(7));
          assertThat(seen.form().getOrDefault("Action", "Describe"))
              .matches("Describe[A-Za-z]*|GetMetricStatistics");
          assertThat(seen.query()).doesNotContainKey("admin");
        }
      }
    }
  }

  /** Runs the read, or the rehearsal of the change; the server knows nothing of what is asked. */
  @SuppressWarnings("unchecked")
  private static void run(Rig rig, String name, String input, String hostile)
      throws InterruptedException {
    Map<String, Value> values = new LinkedHashMap<>();
    for (ActionDescription.Input one : Rig.CATALOGUE.action(name).orElseThrow().inputs().values()) {
      if (one.required() || one.defaultValue() != null) {
        values.put(one.name(), one.defaultValue() == null ? sample(one) : one.defaultValue());
      }
    }
    values.put(input, Value.of(hostile));
    Action<?, ?> action = rig.action(name);
    try {
      Record record = rig.codec.read(new StructValue(values), action.inputType());
      List<String> command = ((Action<Record, Record>) action).command(record);
      assertThat(command).isNotEmpty();
      switch (action) {
        case Action.Read<?, ?> read ->
            ((Action.Read<Record, Record>) read).read(record, rig.context());
        case Action.Change<?, ?> change ->
            ((Action.Change<Record, Record>) change).prepare(record, rig.context());
      }
    } catch (ActionException | RecordMismatchException refused) {
      assertThat(refused.getMessage())
          .hasSizeLessThan(2_500)
          .doesNotContain("\u001b", "\u0000", "\r", Rig.TOKEN);
    }
  }

  private static Value sample(ActionDescription.Input input) {
    return switch (input.name()) {
      case "provider" -> Value.of("aws");
      case "repo" -> Value.of("myorg/infra");
      case "service" -> Value.of("srv-cukouhrtq21c73e9scng");
      case "sha" -> Value.of("abc1234");
      case "issue" -> Value.of("1");
      case "workflow" -> input.type().toString().equals("string") ? Value.of("a.yml") : workload();
      case "workload" -> workload();
      case "run", "limit", "job", "size" -> number(input);
      case "volume" ->
          Rig.struct(
              "id",
              "vol-0123456789abcdef0",
              "provider",
              "aws",
              "size",
              new DataSize(1L << 30),
              "usable",
              true);
      case "pool" ->
          Rig.struct(
              "name",
              "workers",
              "size",
              2,
              "maximum",
              3,
              "perNode",
              Rig.struct("cpu", 2, "memory", new DataSize(1L << 30)),
              "provider",
              "aws");
      case "set" -> Rig.struct("memoryLimit", new DataSize(1L << 30));
      case "inputs", "dimensions" -> Rig.struct("a", "b");
      case "labels", "names" -> Rig.value(List.of("a"));
      case "window", "over", "period" -> Value.of(Duration.ofMinutes(5));
      case "minHealthy" -> Value.of(new Percent(90));
      case "cluster" -> StructValue.EMPTY;
      case "tailChars" -> Value.of(1000);
      default -> Value.of("text");
    };
  }

  private static Value number(ActionDescription.Input input) {
    return input.type().toString().equals("size") ? Value.of(new DataSize(2L << 30)) : Value.of(7);
  }

  private static Value workload() {
    return Rig.struct("kind", "Deployment", "namespace", "n", "name", "w");
  }
}

package io.byteport.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.model.Fact;
import io.byteport.dsl.model.OnFailure;
import io.byteport.dsl.model.Runbook;
import io.byteport.dsl.model.Step;
import io.byteport.dsl.model.ValueExpr;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.type.Type;
import io.byteport.dsl.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookLoaderTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "check");
  private static final RunbookLoader LOADER = new RunbookLoader(Catalogues.TEST);

  private static String text(String name) throws IOException {
    return Files.readString(GOLDEN.resolve(name));
  }

  private static CheckedRunbook clean() throws IOException {
    Checked<CheckedRunbook> loaded = LOADER.load(new SourceFile("clean.yaml", text("clean.yaml")));
    assertThat(loaded.diagnostics()).isEmpty();
    return loaded.value().orElseThrow();
  }

  @Test
  void a_runbook_without_fault_loads_without_a_word() throws IOException {
    assertThat(clean().id()).isEqualTo("crash_loop");
  }

  @Test
  void every_fact_comes_after_all_that_it_names() throws IOException {
    CheckedRunbook runbook = clean();
    List<String> order = runbook.factOrder();
    assertThat(order).containsExactlyInAnyOrderElementsOf(runbook.factDependencies().keySet());
    runbook
        .factDependencies()
        .forEach(
            (fact, named) ->
                assertThat(order.subList(0, order.indexOf(fact))).as(fact).containsAll(named));
  }

  @Test
  void what_a_family_default_names_counts_as_named() throws IOException {
    Map<String, List<String>> dependencies = clean().factDependencies();
    assertThat(dependencies.get("logs")).containsExactly("pod"); // defaults.kubectl.container
    assertThat(dependencies.get("pod")).isEmpty(); // which it overrides
    assertThat(dependencies.get("nodes")).containsExactly("replicas");
    assertThat(dependencies.get("worse")).containsExactly("pod"); // before.pod is not read again
  }

  @Test
  void facts_have_the_type_of_what_they_are_read_by_or_made_of() throws IOException {
    Map<String, Type> facts = clean().typing().facts();
    assertThat(facts.get("pod")).hasToString("Pod");
    assertThat(facts.get("logs")).hasToString("kubectl.logs or null");
    assertThat(facts.get("node")).hasToString("Node or null");
    assertThat(facts.get("nodes")).hasToString("list<Node>");
    assertThat(facts.get("cause")).hasToString("enum(memory, image, other)");
    assertThat(facts.get("raised")).hasToString("size");
  }

  @Test
  void a_constant_is_of_the_kind_that_its_place_asks_for() throws IOException {
    CheckedRunbook runbook = clean();
    Runbook.Verify verify = runbook.runbook().verify();
    assertThat(verify).isNotNull();
    assertThat(verify.within()).isInstanceOf(ValueExpr.Constant.class);
    assertThat(runbook.typing().of((ValueExpr.Constant) verify.within()))
        .isEqualTo(Value.of(Duration.ofMinutes(5)));
  }

  @Test
  void what_is_left_out_has_its_default() throws IOException {
    Checked<CheckedRunbook> loaded =
        LOADER.load(new SourceFile("clean-small.yaml", text("clean-small.yaml")));
    Runbook runbook = loaded.value().orElseThrow().runbook();
    assertThat(runbook.classify().minConfidence()).isEqualTo(0.70);
    assertThat(runbook.classify().passes()).isEqualTo(1);
    assertThat(runbook.inputs().get("pod").from()).containsExactly("pod");
    assertThat(runbook.remediate().get("out_of_memory").onFailure()).isEqualTo(OnFailure.STOP);
    assertThat(((Fact.Read) runbook.diagnose().get("pod")).as()).isEqualTo("item");
  }

  @Test
  void a_step_without_id_is_called_after_its_place() throws IOException {
    List<String> ids = new ArrayList<>();
    new StepTree(clean().runbook())
        .all()
        .forEach(placed -> ids.add(placed.step().head().id().name()));
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids)
        .contains(
            "raise",
            "image_missing/1",
            "remove_pods/onFailure/1",
            "remove/2",
            "dependency_gone/4",
            "dependency_gone/4/memory/1",
            "dependency_gone/4/else/1",
            "blocks/undo/1");
  }

  @Test
  void a_step_says_nothing_about_failure_where_its_author_did_not() throws IOException {
    Runbook runbook = clean().runbook();
    Step hold = runbook.remediate().get("dependency_gone").steps().get(0);
    assertThat(hold.head().onFailure()).isNull();
    assertThat(runbook.remediate().get("dependency_gone").onFailure())
        .isInstanceOf(OnFailure.Continue.class);
  }

  @Test
  void a_file_is_loaded_by_its_path_and_one_that_is_not_there_is_a_finding(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("one.yaml"), text("clean-small.yaml"));
    assertThat(LOADER.load(file).value()).isPresent();
    assertThat(LOADER.load(folder.resolve("none.yaml")).diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(DiagnosticCode.FILE_UNREADABLE);
  }

  @Test
  void the_same_text_has_the_same_findings_in_the_same_order() throws IOException {
    SourceFile file = new SourceFile("several-faults.yaml", text("several-faults.yaml"));
    List<Diagnostic> first = LOADER.load(file).diagnostics();
    assertThat(LOADER.load(file).diagnostics()).isEqualTo(first);
    assertThat(first)
        .isSortedAccordingTo((a, b) -> Integer.compare(a.span().start(), b.span().start()));
  }

  @Test
  void nothing_that_is_refused_has_a_value() throws IOException {
    SourceFile file = new SourceFile("unknown-fact.yaml", text("unknown-fact.yaml"));
    assertThat(LOADER.load(file).value()).isEmpty();
  }

  /**
   * Lines left out, doubled, cut short or moved, and characters that matter to YAML and to
   * expressions put anywhere.
   */
  @Test
  void a_text_that_is_being_written_never_breaks_the_loader() throws IOException {
    String text = text("clean.yaml");
    List<String> lines = text.lines().toList();
    Random random = new Random(20261121);
    for (int round = 0; round < 400; round++) {
      List<String> changed = new ArrayList<>(lines);
      int at = random.nextInt(changed.size());
      switch (round % 5) {
        case 0 -> changed.remove(at);
        case 1 -> changed.add(at, changed.get(random.nextInt(changed.size())));
        case 2 ->
            changed.set(
                at, changed.get(at).substring(0, random.nextInt(changed.get(at).length() + 1)));
        case 3 -> changed.set(at, " ".repeat(random.nextInt(6)) + changed.get(at).strip());
        default -> {
          String line = changed.get(at);
          int column = random.nextInt(line.length() + 1);
          String inserted =
              List.of("$", "{", "}", "\"", ":", "- ", "[", "null", "(", ".", "#")
                  .get(random.nextInt(11));
          changed.set(at, line.substring(0, column) + inserted + line.substring(column));
        }
      }
      SourceFile file = new SourceFile("changed.yaml", String.join("\n", changed));
      Checked<CheckedRunbook> loaded = LOADER.load(file);
      assertThat(loaded.value().isPresent()).isNotEqualTo(loaded.hasErrors());
      assertThat(loaded.diagnostics())
          .allSatisfy(one -> assertThat(one.span().end()).isLessThanOrEqualTo(file.length()));
    }
  }
}

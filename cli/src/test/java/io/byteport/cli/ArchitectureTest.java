package io.byteport.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.check.RunbookLoader;
import java.util.ServiceLoader;

/** The arrows between modules and packages, and what only one place may do. */
@AnalyzeClasses(
    packages = "io.byteport",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {

  private static final String DSL = "io.byteport.dsl..";
  private static final String ENGINE = "io.byteport.engine..";
  private static final String ADAPTERS = "io.byteport.adapter..";
  private static final String SIMULATION = "io.byteport.sim..";
  private static final String CLI = "io.byteport.cli..";
  private static final String LSP = "io.byteport.lsp..";

  @ArchTest
  static final ArchRule the_language_knows_nothing_else =
      noClasses()
          .that()
          .resideInAPackage(DSL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, ADAPTERS, SIMULATION, LSP, CLI);

  @ArchTest
  static final ArchRule the_engine_knows_only_the_language =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ADAPTERS, SIMULATION, LSP, CLI);

  @ArchTest
  static final ArchRule the_language_server_knows_only_the_language =
      noClasses()
          .that()
          .resideInAPackage(LSP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, ADAPTERS, SIMULATION, CLI);

  @ArchTest
  static final ArchRule the_engine_never_sees_yaml =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.byteport.dsl.yaml..", "io.byteport.dsl.schema..", "org.snakeyaml..");

  @ArchTest
  static final ArchRule adapters_do_not_know_the_program =
      noClasses()
          .that()
          .resideInAPackage(ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI, SIMULATION, "io.byteport.engine.journal..");

  @ArchTest
  static final ArchRule the_simulated_cluster_stands_alone =
      noClasses()
          .that()
          .resideInAPackage(SIMULATION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DSL, ENGINE, ADAPTERS, CLI);

  @ArchTest
  static final ArchRule only_the_loader_makes_a_checked_runbook =
      noClasses()
          .that()
          .doNotBelongToAnyOf(RunbookLoader.class, CheckedRunbook.class)
          .should()
          .callConstructorWhere(
              describe(
                  "it makes a CheckedRunbook",
                  call -> call.getTargetOwner().isEquivalentTo(CheckedRunbook.class)));

  @ArchTest
  static final ArchRule only_the_gate_touches_mvel =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.byteport.engine.eval.MvelGate")
          .and(
              describe(
                  "are not nested in it",
                  type -> !type.getName().startsWith("io.byteport.engine.eval.MvelGate$")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.mvel2..");

  /** What stories of the demonstration happen in: the outside, which the engine is to meet. */
  private static final String WORLDS = "io.byteport.cli.world..";

  @ArchTest
  static final ArchRule only_the_journal_touches_the_state_database =
      noClasses()
          .that()
          .resideInAnyPackage(DSL, ENGINE, CLI)
          .and()
          .resideOutsideOfPackages("io.byteport.engine.journal..", WORLDS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "javax.sql..", "org.h2..", "org.flywaydb..", "com.zaxxer..");

  @ArchTest
  static final ArchRule only_adapters_talk_to_the_network_or_start_programs =
      noClasses()
          .that()
          .resideInAnyPackage(DSL, ENGINE, CLI)
          .and()
          .resideOutsideOfPackages(WORLDS, "io.byteport.cli.editor..")
          .and()
          // It visits the agent that it has started itself.
          .doNotHaveFullyQualifiedName("io.byteport.cli.AgentRehearsal")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.net.Socket")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.ProcessBuilder")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "io.fabric8..", "okhttp3..");

  @ArchTest
  static final ArchRule nobody_asks_the_system_for_the_time =
      noClasses()
          .that()
          .resideInAnyPackage(DSL, ENGINE, ADAPTERS)
          .should()
          .callMethodWhere(describe("it reads a clock or sleeps", ArchitectureTest::readsClock));

  private static boolean readsClock(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    String method = call.getName();
    boolean noArguments = call.getTarget().getRawParameterTypes().isEmpty();
    return switch (owner) {
      case "java.time.Instant",
          "java.time.LocalDateTime",
          "java.time.ZonedDateTime",
          "java.time.OffsetDateTime",
          "java.time.LocalDate" ->
          method.equals("now") && noArguments;
      case "java.lang.System" -> method.equals("currentTimeMillis");
      case "java.lang.Thread" -> method.equals("sleep");
      case "java.time.Clock" -> method.startsWith("system");
      case "java.time.InstantSource" -> method.equals("system");
      default -> false;
    };
  }

  @ArchTest
  static final ArchRule only_the_program_writes_to_the_terminal =
      noClasses()
          .that()
          .resideInAnyPackage(DSL, ENGINE, ADAPTERS, LSP)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule services_are_looked_up_in_one_class =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.byteport.engine.spi.Adapters")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ServiceLoader.class);

  @ArchTest
  static final ArchRule the_interpreter_is_pure =
      noClasses()
          .that()
          .haveFullyQualifiedName("io.byteport.engine.run.Interpreter")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "java.util.concurrent..", "io.byteport.engine.journal..", "java.io.."));

  @ArchTest
  static void packages_of_the_language_have_no_circles(JavaClasses classes) {
    SlicesRuleDefinition.slices()
        .matching("io.byteport.dsl.(*)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }
}

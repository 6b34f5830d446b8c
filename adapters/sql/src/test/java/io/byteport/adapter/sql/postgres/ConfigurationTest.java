package io.byteport.adapter.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byteport.adapter.sql.Rig;
import io.byteport.adapter.sql.change.ReloadConfiguration;
import io.byteport.adapter.sql.change.SetParameter;
import io.byteport.adapter.sql.model.Setting;
import io.byteport.adapter.sql.read.ReadSettings;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action.Changed;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings of a real server. */
class ConfigurationTest {
  private static final Map<String, Value> DATABASE = Map.of("database", Value.of("appdb"));

  private final Rig rig = new Rig(Postgres.entry("appdb", "byteport"));

  @BeforeEach
  void grant() throws SQLException {
    Postgres.run("GRANT ALTER SYSTEM ON PARAMETER log_min_duration_statement TO byteport");
    Postgres.run("GRANT ALTER SYSTEM ON PARAMETER max_connections TO byteport");
    Postgres.run("GRANT ALTER SYSTEM ON PARAMETER wal_compression TO byteport");
    Postgres.run("GRANT EXECUTE ON FUNCTION pg_reload_conf() TO byteport");
    Postgres.run("GRANT EXECUTE ON FUNCTION pg_show_all_file_settings() TO byteport");
    Postgres.run("GRANT SELECT ON pg_file_settings TO byteport");
  }

  @AfterEach
  void reset() throws SQLException {
    rig.close();
    Postgres.run("ALTER SYSTEM RESET ALL");
    Postgres.run("SELECT pg_reload_conf()");
  }

  private static Map<String, Value> set(String name, String value) {
    return Map.of("database", Value.of("appdb"), "name", Value.of(name), "value", Value.of(value));
  }

  private String current(String name) throws Exception {
    ReadSettings.Output output =
        rig.read(
            "sql.settings",
            Map.of("database", Value.of("appdb"), "names", Value.of(List.of(Value.of(name)))));
    return output.list().getFirst().value();
  }

  @Test
  void settings_are_told_by_name_and_so_are_those_that_there_are_not() throws Exception {
    ReadSettings.Output output =
        rig.read(
            "sql.settings",
            Map.of(
                "database", Value.of("appdb"),
                "names",
                    Value.of(
                        List.of(
                            Value.of("max_connections"),
                            Value.of("shared_buffers"),
                            Value.of("primary_conninfo"),
                            Value.of("'; DROP TABLE stock; --")))));
    assertThat(output.list())
        .extracting(Setting::name)
        .containsExactly("max_connections", "primary_conninfo", "shared_buffers");
    assertThat(output.list().get(0).value()).isEqualTo("100");
    assertThat(output.list().get(1).value()).isEqualTo("(not shown)");
    assertThat(output.list().get(2).unit()).isEqualTo("8kB");
    assertThat(output.missing()).containsExactly("'; DROP TABLE stock; --");
  }

  @Test
  void a_setting_is_written_and_takes_effect_when_the_configuration_is_read_again()
      throws Exception {
    Map<String, Value> with = set("log_min_duration_statement", "250ms");
    StructValue memo = rig.prepare("sql.setParameter", with);
    assertThat(rig.probe("sql.setParameter", with, memo)).isEqualTo(Probe.NOT_DONE);

    Changed<Record> changed = rig.change("sql.setParameter", with, memo);

    assertThat(changed.output()).isEqualTo(new SetParameter.Output("-1", "250ms", false, true));
    assertThat(changed.changed()).isTrue();
    assertThat(rig.probe("sql.setParameter", with, memo)).isEqualTo(Probe.TOOK_EFFECT);
    assertThat(current("log_min_duration_statement")).isEqualTo("-1");

    StructValue before = rig.prepare("sql.reloadConfiguration", DATABASE);
    assertThat(rig.probe("sql.reloadConfiguration", DATABASE, before)).isEqualTo(Probe.NOT_DONE);
    ReloadConfiguration.Output loaded =
        (ReloadConfiguration.Output)
            rig.change("sql.reloadConfiguration", DATABASE, before).output();
    assertThat(Value.of(loaded.loadedAt())).isNotEqualTo(before.get("before"));
    assertThat(rig.probe("sql.reloadConfiguration", DATABASE, before)).isEqualTo(Probe.TOOK_EFFECT);
    Rig.await("the setting", () -> current("log_min_duration_statement").equals("250"));
  }

  @Test
  void a_setting_that_waits_for_a_restart_says_so() throws Exception {
    assertThat(rig.change("sql.setParameter", set("max_connections", "150")).output())
        .isEqualTo(new SetParameter.Output("100", "150", true, true));
  }

  @Test
  void a_word_is_one_of_those_that_the_server_knows() throws Exception {
    assertThat(rig.change("sql.setParameter", set("wal_compression", "pglz")).changed()).isTrue();
    assertRefused("wal_compression", "brotli", FailureKind.INVALID, "expected one of");
  }

  @Test
  void texts_are_refused_since_commands_and_libraries_are_among_them() {
    for (String name :
        List.of("archive_command", "shared_preload_libraries", "search_path", "log_directory")) {
      assertRefused(name, "x", FailureKind.INVALID, "is a text");
    }
    assertRefused("zero_damaged_pages", "on", FailureKind.INVALID, "is a text");
  }

  @Test
  void names_that_are_none_and_values_that_are_more_reach_no_statement() {
    for (String hostile : Hostile.TEXTS) {
      assertRefused(hostile, "1", FailureKind.NOT_FOUND, "has no setting");
      assertRefused("max_connections", hostile, FailureKind.INVALID, "expected a number");
    }
    assertRefused("max_connections; SELECT 1", "1", FailureKind.NOT_FOUND, "has no setting");
    assertRefused("max_connections", "1; SELECT 1", FailureKind.INVALID, "expected a number");
  }

  @Test
  void what_the_server_does_not_let_us_set_is_forbidden_and_nothing_has_happened() {
    assertThatThrownBy(() -> rig.change("sql.setParameter", set("work_mem", "64MB")))
        .isInstanceOfSatisfying(
            ActionException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.FORBIDDEN);
              assertThat(e.effect()).isEqualTo(ActionException.Effect.NONE);
            })
        .hasMessageContaining("permission denied")
        .hasMessageContaining("SQLSTATE 42501");
  }

  @Test
  void a_value_out_of_range_is_refused_by_the_server() {
    assertThatThrownBy(() -> rig.change("sql.setParameter", set("max_connections", "99999999")))
        .isInstanceOfSatisfying(
            ActionException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.INVALID);
              assertThat(e.effect()).isEqualTo(ActionException.Effect.NONE);
            })
        .hasMessageContaining("outside the valid range");
  }

  @Test
  void what_somebody_else_has_set_meanwhile_is_not_overwritten() throws Exception {
    Map<String, Value> with = set("log_min_duration_statement", "250ms");
    StructValue memo = StructValue.EMPTY.with("from", Value.of("1000"));
    assertThatThrownBy(() -> rig.change("sql.setParameter", with, memo))
        .isInstanceOfSatisfying(
            ActionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT));
  }

  @Test
  void the_command_of_a_dry_run_does_the_same_when_it_is_pasted() throws Exception {
    List<String> command = rig.command("sql.setParameter", set("log_min_duration_statement", "1s"));
    assertThat(command.getLast()).isEqualTo("ALTER SYSTEM SET log_min_duration_statement = '1s'");
    Postgres.run(command.getLast());
    Postgres.run(rig.command("sql.reloadConfiguration", DATABASE).getLast());
    Rig.await("the setting", () -> current("log_min_duration_statement").equals("1000"));
  }

  private void assertRefused(String name, String value, FailureKind kind, String why) {
    assertThatThrownBy(() -> rig.prepare("sql.setParameter", set(name, value)))
        .isInstanceOfSatisfying(ActionException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(why);
  }
}

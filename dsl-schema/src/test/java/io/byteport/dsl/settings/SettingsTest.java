package io.byteport.dsl.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Severity;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final SourceFile FILE = new SourceFile("x.yaml", "a: 1\n");

  @TempDir private Path folder;

  private static Settings load(String text) {
    return SettingsLoader.load(
            new SourceFile(
                SettingsLoader.FILE_NAME, "apiVersion: byteport.io/v1\nkind: Settings\n" + text))
        .value()
        .orElseThrow();
  }

  private static Diagnostic finding(DiagnosticCode code) {
    return Diagnostic.of(code, FILE, Span.START, "is found", null);
  }

  @Test
  void severities_are_raised_lowered_and_turned_off_and_others_left_alone() {
    Settings settings =
        load("severities: { BP-FOLDER-001: error, BP-IGNORE-001: off, BP-IGNORE-003: info }\n");
    assertThat(
            settings.apply(
                List.of(
                    finding(DiagnosticCode.FOLDER_OVERLAP),
                    finding(DiagnosticCode.IGNORE_STALE),
                    finding(DiagnosticCode.IGNORE_NO_REASON),
                    finding(DiagnosticCode.EXPR_TYPE))))
        .extracting(Diagnostic::code, Diagnostic::severity)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(DiagnosticCode.FOLDER_OVERLAP, Severity.ERROR),
            org.assertj.core.groups.Tuple.tuple(DiagnosticCode.IGNORE_NO_REASON, Severity.INFO),
            org.assertj.core.groups.Tuple.tuple(DiagnosticCode.EXPR_TYPE, Severity.ERROR));
  }

  @Test
  void the_rest_of_the_document_is_read_too() {
    Settings settings = load("exclude: [drafts/]\nfailLevel: warning\n");
    assertThat(settings.exclude().excludes("a/drafts/x.yaml")).isTrue();
    assertThat(settings.failLevel()).isEqualTo(FailLevel.WARNING);
    assertThat(load("").failLevel()).isNull();
  }

  @Test
  void the_nearest_settings_count_and_none_beyond_a_repository() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("repository/a/b"));
    Path outer = Files.writeString(folder.resolve(SettingsLoader.FILE_NAME), "");
    assertThat(SettingsLoader.nearest(inner)).contains(outer);
    Files.createDirectories(folder.resolve("repository/.git"));
    assertThat(SettingsLoader.nearest(inner)).isEmpty();
    Path root = Files.writeString(folder.resolve("repository/" + SettingsLoader.FILE_NAME), "");
    assertThat(SettingsLoader.nearest(inner)).contains(root);
    Path near = Files.writeString(inner.resolve(SettingsLoader.FILE_NAME), "");
    assertThat(SettingsLoader.nearest(inner)).contains(near);
  }
}

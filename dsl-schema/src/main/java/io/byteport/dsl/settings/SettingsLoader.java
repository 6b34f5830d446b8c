package io.byteport.dsl.settings;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Diagnostics;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Severity;
import io.byteport.dsl.diagnostic.Suggestions;
import io.byteport.dsl.schema.DocumentKind;
import io.byteport.dsl.schema.SchemaValidator;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.YamlNode;
import io.byteport.dsl.yaml.YamlNode.Entry;
import io.byteport.dsl.yaml.YamlNode.YamlMapping;
import io.byteport.dsl.yaml.YamlNode.YamlScalar;
import io.byteport.dsl.yaml.YamlNode.YamlSequence;
import io.byteport.dsl.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the text of {@code byteport.yaml} to settings; finds the file that is meant, too. */
public final class SettingsLoader {
  /** How the file is called. */
  public static final String FILE_NAME = "byteport.yaml";

  private final SourceFile file;
  private final List<Diagnostic> found = new ArrayList<>();

  private SettingsLoader(SourceFile file) {
    this.file = file;
  }

  /**
   * The settings for what lies in a folder: those in it or in the nearest folder above it, up to
   * one with a {@code .git}. Looks at the file system.
   */
  public static Optional<Path> nearest(Path folder) {
    Path at = folder.toAbsolutePath().normalize();
    while (at != null) {
      Path candidate = at.resolve(FILE_NAME);
      if (Files.isRegularFile(candidate)) {
        return Optional.of(candidate);
      }
      if (Files.exists(at.resolve(".git"))) {
        return Optional.empty();
      }
      at = at.getParent();
    }
    return Optional.empty();
  }

  /** Reads and checks settings; the value is there only where no finding is an error. */
  public static Checked<Settings> load(SourceFile file) {
    Checked<YamlNode> yaml = YamlReader.read(file);
    SettingsLoader loader = new SettingsLoader(file);
    loader.found.addAll(yaml.diagnostics());
    YamlNode root = yaml.valueOrNull();
    if (root != null) {
      loader.found.addAll(SchemaValidator.validate(file, root, DocumentKind.SETTINGS));
    }
    Settings settings =
        loader.found.isEmpty() && root instanceof YamlMapping document
            ? loader.settings(document)
            : null;
    boolean refused = loader.found.stream().anyMatch(Diagnostic::isError);
    return new Checked<>(refused ? null : settings, Diagnostics.sort(loader.found));
  }

  private Settings settings(YamlMapping document) {
    Map<DiagnosticCode, Optional<Severity>> severities = new EnumMap<>(DiagnosticCode.class);
    if (document.get("severities").orElse(null) instanceof YamlMapping map) {
      map.entries().forEach(entry -> severity(entry, severities));
    }
    List<PathPattern> exclude = new ArrayList<>();
    if (document.get("exclude").orElse(null) instanceof YamlSequence list) {
      list.items().forEach(item -> pattern((YamlScalar) item).ifPresent(exclude::add));
    }
    @Nullable FailLevel failLevel =
        document.get("failLevel").map(SettingsLoader::text).flatMap(FailLevel::of).orElse(null);
    return new Settings(severities, new PathPatterns(exclude), failLevel);
  }

  private static String text(YamlNode node) {
    return node instanceof YamlScalar scalar ? scalar.text() : "";
  }

  private void severity(Entry entry, Map<DiagnosticCode, Optional<Severity>> severities) {
    String id = entry.key().text();
    DiagnosticCode code = DiagnosticCode.ofId(id).orElse(null);
    if (code == null) {
      found.add(unknown(entry.key()));
      return;
    }
    String word = text(entry.value());
    Optional<Severity> severity =
        word.equals("off")
            ? Optional.empty()
            : Optional.of(Severity.valueOf(word.toUpperCase(Locale.ROOT)));
    if (code.severity() == Severity.ERROR && !severity.equals(Optional.of(Severity.ERROR))) {
      found.add(
          Diagnostic.of(
              DiagnosticCode.SETTINGS_LOWERED_ERROR,
              file,
              entry.value().span(),
              "expected `error` for `" + id + "`, found `" + word + "`",
              code.ignorable()
                  ? "the engine refuses the file all the same; where it does not matter, write"
                      + " `# byteport-ignore: "
                      + id
                      + " reason` above the place"
                  : "remove the line; the engine refuses such a file, so it has to be repaired"));
      return;
    }
    severities.put(code, severity);
  }

  private Diagnostic unknown(YamlScalar key) {
    List<String> ids = Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList();
    Diagnostic unknown =
        Diagnostic.of(
            DiagnosticCode.SETTINGS_UNKNOWN_CODE,
            file,
            key.span(),
            "expected the code of a finding, found `" + key.text() + "`",
            Optional.ofNullable(Suggestions.hint(key.text(), ids))
                .orElse("codes look like `BP-FOLDER-001`; the finding itself shows its code"));
    return Suggestions.nearest(key.text(), ids)
        .map(near -> unknown.withFix(new Fix("write `" + near + "`", key.span(), near, false)))
        .orElse(unknown);
  }

  private Optional<PathPattern> pattern(YamlScalar item) {
    Optional<PathPattern> pattern = PathPattern.parse(item.text());
    if (pattern.isEmpty() || !pattern.get().canMatch()) {
      found.add(
          Diagnostic.of(
              DiagnosticCode.SETTINGS_BAD_PATTERN,
              file,
              item.span(),
              "expected a pattern such as `drafts/` or `**/*.old.yaml`, found `"
                  + item.text()
                  + "`",
              "write it as a line of a .gitignore; close every `[`, and double a last `\\`"));
    }
    return pattern;
  }
}

package io.byteport.dsl.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A folder of texts beside what is found in them: {@code x.yaml} and {@code x.diagnostics}, the
 * latter exactly as it is printed for people, so that code, line, column, caret and hint are all
 * held. A text without a file of findings fails, and so does the reverse. A clean text has an empty
 * file of findings.
 *
 * <p>{@code -Dgolden.update=true} writes the files of findings anew; read the difference before you
 * keep it.
 */
public final class GoldenFolder {
  private static final Path ROOT = Path.of("src", "test", "resources", "golden");
  private static final String TEXT = ".yaml";
  private static final String FINDINGS = ".diagnostics";

  private final Path folder;
  private final Function<SourceFile, List<Diagnostic>> check;

  /**
   * @param folder below {@code src/test/resources/golden}
   * @param check what finds; it is not asked about files that cannot be decoded
   */
  public GoldenFolder(String folder, Function<SourceFile, List<Diagnostic>> check) {
    this.folder = ROOT.resolve(folder);
    this.check = check;
  }

  /** A test for each pair. */
  public Stream<DynamicTest> tests() {
    return names().stream().map(name -> DynamicTest.dynamicTest(name, () -> compare(name)));
  }

  /** The codes that the texts of this folder trigger. */
  public Set<DiagnosticCode> codes() {
    Set<DiagnosticCode> codes = EnumSet.noneOf(DiagnosticCode.class);
    for (String name : names()) {
      find(folder.resolve(name + TEXT)).forEach(diagnostic -> codes.add(diagnostic.code()));
    }
    return codes;
  }

  private Set<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names = new TreeSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(TEXT) || name.endsWith(FINDINGS))
          .forEach(name -> names.add(name.substring(0, name.lastIndexOf('.'))));
      assertThat(names).as("golden files in %s", folder).isNotEmpty();
      return names;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void compare(String name) throws IOException {
    Path text = folder.resolve(name + TEXT);
    Path findings = folder.resolve(name + FINDINGS);
    assertThat(text).exists();
    String found = new DiagnosticPrinter(false).print(find(text));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(findings, found);
    }
    assertThat(findings).exists();
    assertThat(found).isEqualTo(Files.readString(findings));
  }

  private List<Diagnostic> find(Path text) {
    try {
      Checked<SourceFile> file =
          SourceReader.read(text.getFileName().toString(), Files.readAllBytes(text));
      return file.value().map(check).orElse(file.diagnostics());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

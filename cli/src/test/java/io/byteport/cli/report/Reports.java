package io.byteport.cli.report;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ActionCatalogueLoader;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.diagnostic.Related;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.workspace.FileReport;
import io.byteport.dsl.workspace.Report;
import io.byteport.dsl.yaml.SourceReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reports to write in tests. */
final class Reports {
  static final Path ROOT = Path.of("/srv/checkout");

  /** Everything that somebody once forgot to escape. */
  static final String HOSTILE =
      "a%0A,b:c::error::d\r\n"
          + "]]><!-- \"'&\t\u0000\u0007\u001b[31m\u202e\u200f\u2028\ufffe\ud800{0} [x](1)";

  private static final Path GOLDEN =
      Path.of("..", "dsl-schema", "src", "test", "resources", "golden");

  private Reports() {}

  static String written(ReportWriter writer, Report report) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    writer.write(report, printer);
    printer.flush();
    return out.toString();
  }

  static Report of(SourceFile file, Diagnostic... findings) {
    return new Report(List.of(new FileReport(file, List.of(findings))));
  }

  static Diagnostic unknownField(SourceFile file, Span span, String message) {
    return Diagnostic.of(DiagnosticCode.SCHEMA_UNKNOWN_FIELD, file, span, message, "take it away");
  }

  /** A finding that is hostile wherever a text stands in it. */
  static Report hostile(String text) {
    SourceFile file = new SourceFile("runbooks/" + text + ".yaml", "key: " + text + "\nmore: 1\n");
    Span span = new Span(0, file.length());
    Diagnostic finding =
        Diagnostic.of(DiagnosticCode.SCHEMA_UNKNOWN_FIELD, file, span, text, text)
            .withRelated(new Related(file, new Span(0, 3), text))
            .withFix(new Fix(text, span, text, false));
    return of(file, finding);
  }

  /** What is found in every golden text, one report for each. */
  static List<Report> golden() throws IOException {
    Checked<ActionCatalogue> actions = ClasspathCatalogue.load(Reports.class.getClassLoader());
    RunbookLoader loader = new RunbookLoader(actions.value().orElseThrow());
    List<Report> reports = new ArrayList<>();
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      for (Path path : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        Checked<SourceFile> read = SourceReader.read(path);
        SourceFile file = read.value().orElseGet(() -> new SourceFile(path.toString(), ""));
        List<Diagnostic> findings =
            read.valueOrNull() == null
                ? read.diagnostics()
                : path.getParent().endsWith("catalogue")
                    ? ActionCatalogueLoader.load(List.of(file)).diagnostics()
                    : loader.load(file).diagnostics();
        reports.add(new Report(List.of(new FileReport(file, findings))));
      }
    }
    return reports;
  }
}

package io.byteport.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.cli.report.JUnitXml.Case;
import io.byteport.cli.report.JUnitXml.Failure;
import io.byteport.cli.report.JUnitXml.Suite;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import io.byteport.dsl.diagnostic.Severity;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.source.Span;
import io.byteport.dsl.workspace.FileReport;
import io.byteport.dsl.workspace.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The formats that are XML. */
class XmlReportTest {
  private static final SourceFile FILE = new SourceFile("a.yaml", "first: 1\nsecond: 2\n");
  private static final Diagnostic WARNING =
      new Diagnostic(
          DiagnosticCode.FLOW_CYCLE,
          Severity.WARNING,
          FILE,
          new Span(9, 15),
          "a warning",
          null,
          List.of(),
          List.of());

  private static Element parsed(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException broken) {
      throw new AssertionError(xml.substring(0, Math.min(2_000, xml.length())), broken);
    }
  }

  private static Element junit(Report report) {
    return parsed(Reports.written(new JUnitReport(), report));
  }

  private static Element checkstyle(Report report) {
    return parsed(Reports.written(new CheckstyleReport(), report));
  }

  private static List<Element> all(Element root, String name) {
    NodeList found = root.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  @Test
  void junit_fails_where_there_is_an_error_and_skips_what_only_warns() {
    Element root =
        junit(Reports.of(FILE, Reports.unknownField(FILE, new Span(0, 5), "wrong"), WARNING));
    assertThat(root.getTagName()).isEqualTo("testsuites");
    assertThat(root.getAttribute("tests")).isEqualTo("2");
    assertThat(root.getAttribute("failures")).isEqualTo("1");
    assertThat(root.getAttribute("skipped")).isEqualTo("1");
    Element failed = all(root, "testcase").getFirst();
    assertThat(failed.getAttribute("name"))
        .isEqualTo("BP-SCHEMA-001 at 1:1: A field does not exist here");
    assertThat(failed.getAttribute("file")).isEqualTo("a.yaml");
    assertThat(failed.getAttribute("line")).isEqualTo("1");
    Element failure = all(failed, "failure").getFirst();
    assertThat(failure.getAttribute("message")).isEqualTo("wrong");
    assertThat(failure.getTextContent()).contains("1 | first: 1\n  | ^^^^^\n");
    assertThat(all(root, "skipped").getFirst().getAttribute("message")).isEqualTo("a warning");
  }

  @Test
  void a_clean_file_is_a_suite_with_one_case_that_holds() {
    Element root = junit(Reports.of(FILE));
    assertThat(all(root, "testsuite")).hasSize(1);
    assertThat(all(root, "testcase")).hasSize(1);
    assertThat(all(root, "failure")).isEmpty();
  }

  @Test
  void suites_of_tests_count_what_is_in_them() {
    List<Case> cases =
        List.of(
            new Case("holds", "pod", "pod.test.yaml", 3, null, null),
            new Case("fails", "pod", "pod.test.yaml", 9, new Failure("no", "a\nb"), null),
            new Case("waits", "pod", "pod.test.yaml", 12, null, "later"));
    StringWriter out = new StringWriter();
    JUnitXml.write(
        List.of(new Suite("one", cases), new Suite("two", List.of())), new PrintWriter(out, true));
    Element root = parsed(out.toString());
    assertThat(root.getAttribute("tests")).isEqualTo("3");
    List<Element> suites = all(root, "testsuite");
    assertThat(suites).extracting(suite -> suite.getAttribute("tests")).containsExactly("3", "0");
    assertThat(suites)
        .extracting(suite -> suite.getAttribute("failures"))
        .containsExactly("1", "0");
    assertThat(all(root, "testcase"))
        .extracting(each -> each.getAttribute("classname"))
        .containsOnly("pod");
    assertThat(all(root, "failure").getFirst().getTextContent()).isEqualTo("a\nb");
  }

  @Test
  void checkstyle_lists_every_file_with_its_findings() {
    Diagnostic wrong = Reports.unknownField(FILE, new Span(0, 5), "wrong");
    Element root =
        checkstyle(
            new Report(
                List.of(
                    new FileReport(FILE, List.of(wrong, WARNING)),
                    new FileReport(new SourceFile("clean.yaml", "x: 1\n"), List.of()))));
    assertThat(all(root, "file"))
        .extracting(file -> file.getAttribute("name"))
        .containsExactly("a.yaml", "clean.yaml");
    List<Element> errors = all(root, "error");
    assertThat(errors)
        .extracting(error -> error.getAttribute("severity"))
        .containsExactly("error", "warning");
    assertThat(errors.getFirst().getAttribute("message")).isEqualTo("wrong\nHint: take it away");
    assertThat(errors.getLast().getAttribute("line")).isEqualTo("2");
    assertThat(errors.getLast().getAttribute("source")).isEqualTo("BP-FLOW-001");
  }

  @Test
  void hostile_names_and_messages_make_well_formed_xml() {
    Report hostile = Reports.hostile(Reports.HOSTILE);
    String kept =
        "a%0A,b:c::error::d\r\n"
            + "]]><!-- \"'&\t\ufffd\ufffd\ufffd[31m\u202e\u200f\u2028\ufffd\ufffd{0} [x](1)";
    assertThat(all(junit(hostile), "failure").getFirst().getAttribute("message")).isEqualTo(kept);
    assertThat(all(junit(hostile), "testsuite").getFirst().getAttribute("name"))
        .isEqualTo("runbooks/" + kept + ".yaml");
    assertThat(all(checkstyle(hostile), "error").getFirst().getAttribute("message"))
        .isEqualTo(kept + "\nHint: " + kept);
  }

  @Test
  void a_message_of_a_megabyte_is_kept_whole() {
    Report huge = Reports.hostile("x".repeat(1 << 20));
    assertThat(all(junit(huge), "failure").getFirst().getAttribute("message")).hasSize(1 << 20);
    assertThat(all(checkstyle(huge), "error").getFirst().getAttribute("message"))
        .hasSizeGreaterThan(1 << 20);
  }

  @Test
  void every_golden_finding_makes_well_formed_xml() throws IOException {
    for (Report report : Reports.golden()) {
      int findings = (int) report.findings().count();
      assertThat(all(checkstyle(report), "error")).hasSize(findings);
      assertThat(all(junit(report), "testcase")).hasSize(Math.max(1, findings));
    }
  }
}

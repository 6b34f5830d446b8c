package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DocsCommandTest {
  private static final Path GALLERY = Path.of("../docs/runbooks");

  @TempDir private Path folder;

  @Test
  void the_pages_of_the_library_say_what_its_runbooks_say() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Program.run("docs", GALLERY.toString(), "--only", "markdown");
    }
    Program.run("docs", folder.toString(), "--only", "markdown");
    assertThat(pages(GALLERY)).isEqualTo(pages(folder));
  }

  @Test
  void the_site_is_one_file_that_fetches_nothing() throws IOException {
    String site = site();
    assertThat(found(site, "(?:src|href)=\"([^\"]*)\"")).allMatch(link -> link.startsWith("#"));
    assertThat(site).doesNotContain("@import", "url(", "fetch(");
  }

  @Test
  void every_link_of_the_site_leads_somewhere() throws IOException {
    String site = site();
    assertThat(found(site, " id=\"([^\"]*)\"")).doesNotHaveDuplicates();
    assertThat(found(site, "href=\"#([^\"]*)\""))
        .isNotEmpty()
        .isSubsetOf(found(site, " id=\"([^\"]*)\""));
  }

  @Test
  void every_runbook_has_an_article_with_all_its_classes_guardrails_and_tests() throws IOException {
    String site = site();
    List<SourceFile> tests = Library.tests();
    for (CheckedRunbook each : Language.load().wanted(List.of())) {
      String article =
          site.substring(
              site.indexOf("<article id=\"" + each.id() + "\""),
              site.indexOf("</article>", site.indexOf("<article id=\"" + each.id() + "\"")));
      assertThat(article)
          .contains(each.runbook().remediate().keySet())
          .contains(each.runbook().guardrails().keySet())
          .contains(each.runbook().detectors().keySet())
          .contains(CaseNames.of(each, tests).stream().map(DocsCommandTest::escaped).toList());
    }
  }

  @Test
  void what_stands_in_a_runbook_is_never_markup() throws IOException {
    Path own = folder.resolve("own.yaml");
    String runbook = Program.run("show", "image_pull_backoff", "--source").out();
    Files.writeString(
        own,
        runbook.replaceFirst(
            "title: .*", "title: A <script>alert(1)</script> | of *stars* and `ticks`"));
    Path site = folder.resolve("site");
    Program docs = Program.run("docs", site.toString(), own.toString());
    assertThat(docs.err()).isEmpty();
    assertThat(Files.readString(site.resolve("index.html")))
        .contains("A &lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert");
    assertThat(Files.readString(site.resolve("image_pull_backoff.md")))
        .contains("A \\<script\\>alert(1)\\</script\\> \\| of \\*stars\\*");
  }

  @Test
  void programs_get_the_same_as_json() throws IOException {
    Program docs = Program.run("docs", folder.toString(), "crashloopbackoff_v2", "-o", "json");
    assertThat(docs.status()).isZero();
    assertThat(JsonMapper.shared().readTree(docs.out()).path("runbooks").asInt()).isEqualTo(1);
    JsonNode all = JsonMapper.shared().readTree(Files.readString(folder.resolve("runbooks.json")));
    assertThat(all.size()).isEqualTo(1);
    JsonNode sheet = all.get(0);
    assertThat(sheet.at("/about/id").asString()).isEqualTo("crashloopbackoff_v2");
    assertThat(sheet.at("/rules/all/0/classId").asString()).isEqualTo("oom_at_startup");
    assertThat(sheet.at("/needs/resources/pods/0").asString()).isNotEmpty();
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_left_as_it_is() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "mine");
    Program docs = Program.run("docs", file.toString(), "image_pull_backoff");
    assertThat(docs.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(docs.err()).contains("is a file; name the folder to write to");
    assertThat(file).hasContent("mine");
  }

  private String site() throws IOException {
    Program.run("docs", folder.toString(), "--only", "html");
    return Files.readString(folder.resolve("index.html"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#x27;");
  }

  private static List<String> found(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static Map<String, String> pages(Path folder) throws IOException {
    Map<String, String> pages = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.forEach(files::add);
    }
    for (Path file : files) {
      pages.put(String.valueOf(file.getFileName()), Files.readString(file));
    }
    return pages;
  }
}

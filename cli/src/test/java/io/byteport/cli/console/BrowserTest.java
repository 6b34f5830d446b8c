package io.byteport.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.cli.PlayedStories;
import io.byteport.cli.http.AgentServer;
import io.byteport.cli.http.HttpCounts;
import io.byteport.cli.http.HttpLimits;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.agent.AgentConfiguration.Person;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.dsl.agent.HttpSettings;
import io.byteport.dsl.check.RunbookLoader;
import io.byteport.dsl.connection.SecretReference;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.SqlRunStore;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.JournalEntry;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.spi.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, behind the real server, over runs that were really played. */
@Tag("real")
class BrowserTest {
  /** A browser that is held up for a while is not hung up on. */
  private static final HttpSettings PATIENT =
      new HttpSettings(
          HttpSettings.STANDARD.body(),
          HttpSettings.STANDARD.source(),
          HttpSettings.STANDARD.webhooks(),
          HttpSettings.STANDARD.connections(),
          HttpSettings.STANDARD.streams(),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5));

  private static final String TOKEN = "a-token-that-nobody-else-has-1234";

  @TempDir private static Path folder;

  private static RunStore store;
  private static TestAgent agent;
  private static AgentServer server;
  private static Browser browser;
  private static String contrast;

  @BeforeAll
  static void open() throws Exception {
    Assumptions.assumeTrue(Browser.isInstalled(), "chromium or chromedriver is not installed");
    PlayedStories.into(folder.resolve("state"), "oom", "unschedulable");
    store = SqlRunStore.inFolder(folder.resolve("state"), Redactor.SHAPES_ONLY);
    agent =
        Look.furnished(
            new TestAgent(
                store,
                TestAgent.configuration(
                    true,
                    List.of("group:sre"),
                    Map.of(
                        "sam",
                        new Person(
                            Role.APPROVER, List.of("sre"), new SecretReference.Variable("SAM")))),
                PlayedStories.runbooks()));
    server =
        AgentServer.start(
            new AgentServer.Parts(
                agent,
                reference -> new Secret("test", () -> TOKEN, value -> {}),
                new RunbookLoader(
                    ClasspathCatalogue.load(BrowserTest.class.getClassLoader())
                        .value()
                        .orElseThrow(),
                    Map.of()),
                new Console(agent, Look::cases),
                HttpCounts.NONE,
                HttpLimits.of(PATIENT)));
    browser = Browser.start(folder.resolve("profile"));
    contrast = script("contrast.js");
    logIn();
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
    if (store != null) {
      store.close();
    }
  }

  private static String script(String name) throws IOException {
    try (InputStream in = BrowserTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String at(String path) {
    return "http://localhost:" + server.port() + path;
  }

  /** With the keyboard: the field has the focus when the page opens. */
  private static void logIn() throws Exception {
    browser.open(at("/runs"));
    assertThat(browser.path()).isEqualTo("/login");
    browser.type(TOKEN + Browser.ENTER);
    assertThat(browser.comes("return location.pathname === '/runs'")).isTrue();
  }

  /**
   * What the browser says is wrong is about the test that goes on; a page was missing on purpose.
   */
  @BeforeEach
  void forget() throws Exception {
    assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("/runs/nobody"));
  }

  private static List<JournalEntry> asked() {
    return Look.recorded(store, Note.Asked.class);
  }

  private static String says(String words) {
    return "return document.body.innerText.includes('" + words + "')";
  }

  @Test
  void a_run_appears_while_it_happens() throws Exception {
    List<JournalEntry> journal = asked();
    RunId run = Look.again(agent, journal, "20260105-130000-live", 12, "-live");
    browser.open(at(Routes.run(run)));
    assertThat(
            browser.comes(
                "return document.getElementById('live').textContent.includes('by themselves.')"))
        .isTrue();
    assertThat(browser.comes(says("in progress"))).isTrue();
    assertThat(browser.text()).doesNotContain("approved");

    journal.subList(12, journal.size() - 1).forEach(entry -> agent.write(run, entry));

    assertThat(browser.comes(says("approved "))).isTrue();
    store.close(run, List.of(journal.getLast()));
    agent.tell(run, journal.getLast());
    assertThat(
            browser.comes(
                "return document.getElementById('live').textContent === 'This run has ended.'"))
        .isTrue();
    assertThat(browser.comes(says("resolved"))).isTrue();
    assertThat(browser.comes(says("Every expectation holds"))).isTrue();
    String live = browser.run("return document.getElementById('story').textContent").asString();
    browser.open(at(Routes.run(run)));
    assertThat(browser.run("return document.getElementById('story').textContent").asString())
        .isEqualTo(live);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_question_is_answered_with_the_keyboard_alone() throws Exception {
    List<JournalEntry> journal = asked();
    RunId run = Look.again(agent, journal, "20260105-130000-keys", Look.asked(journal), "-keys");
    browser.open(at("/"));
    browser.type("j");
    assertThat(browser.focused()).startsWith("Let production/");
    browser.type(Browser.ENTER);
    assertThat(browser.comes("return location.pathname.startsWith('/approvals/')")).isTrue();

    tabTo("Comment, for the journal");
    browser.type("go on");
    tabTo("Yes, do exactly this");
    browser.type(Browser.ENTER);

    assertThat(browser.comes("return location.pathname.startsWith('/runs/')")).isTrue();
    assertThat(store.entries(run))
        .filteredOn(Event.Approved.class::isInstance)
        .singleElement()
        .satisfies(
            entry -> {
              Event.Approved approved = (Event.Approved) entry;
              assertThat(approved.approved()).isTrue();
              assertThat(approved.by()).isEqualTo("sam");
              assertThat(approved.reason()).isEqualTo("go on");
            });
    assertThat(browser.text()).contains("approved a_human_agrees by sam: go on");
  }

  private static void tabTo(String name) throws Exception {
    for (int i = 0; i < 60; i++) {
      if (browser.focused().equals(name)) {
        return;
      }
      browser.type(Browser.TAB);
    }
    throw new AssertionError("the focus never comes to " + name);
  }

  @Test
  void a_slash_leads_to_the_search_and_it_finds() throws Exception {
    browser.open(at("/channels"));
    browser.type("/");
    assertThat(browser.focused()).isEqualTo("Search runs");
    browser.type("already raised" + Browser.ENTER);

    assertThat(browser.comes("return location.pathname === '/runs'")).isTrue();
    assertThat(browser.run("return location.search").asString()).isEqualTo("?q=already+raised");
    assertThat(browser.labels("tbody tr")).hasSize(1);
  }

  private static List<String> paths() {
    String run = Routes.run(store.runs(1).getFirst().id());
    List<String> paths =
        new ArrayList<>(
            List.of(
                "/",
                "/runs",
                "/approvals",
                "/runbooks",
                "/runbooks/crashloopbackoff_v2",
                "/sources",
                "/channels",
                run,
                "/runs/nobody"));
    store.questions().stream()
        .findFirst()
        .ifPresent(one -> paths.add(Routes.approval(one.run(), one.guardrail())));
    return paths;
  }

  @Test
  void every_text_is_readable_in_light_and_in_dark_on_a_desk_and_on_a_phone() throws Exception {
    List<JournalEntry> journal = asked();
    Look.again(agent, journal, "20260105-130000-looks", Look.asked(journal), "-looks");
    for (String path : paths()) {
      for (String scheme : List.of("light", "dark")) {
        for (int width : new int[] {1280, 390}) {
          browser.size(width, 900);
          browser.scheme(scheme);
          browser.open(at(path));
          List<String> found = new ArrayList<>();
          browser.run(contrast).forEach(one -> found.add(one.asString()));
          String where = path + " " + scheme + " " + width;
          assertThat(Integer.parseInt(found.removeFirst())).as(where).isGreaterThan(2);
          assertThat(found).as(where).isEmpty();
          assertThat(
                  browser
                      .run(
                          "return document.documentElement.scrollWidth <= innerWidth"
                              + " && (getComputedStyle(document.body).backgroundColor"
                              + " === 'rgb(255, 255, 255)')")
                      .asBoolean())
              .as(where)
              .isEqualTo(scheme.equals("light"));
          assertThat(
                  browser.run("return document.documentElement.scrollWidth - innerWidth").asInt())
              .as(where)
              .isLessThanOrEqualTo(0);
        }
      }
    }
    browser.size(1280, 900);
    browser.scheme("light");
  }

  @Test
  void everything_that_can_be_used_has_a_name_and_nothing_breaks_the_policy() throws Exception {
    for (String path : paths()) {
      browser.open(at(path));
      assertThat(
              browser.labels(
                  "main a, main button:not([hidden]), main input:not([type=hidden]), main select,"
                      + " main textarea"))
          .as(path)
          .doesNotContain("");
      assertThat(browser.labels("header a, header input, footer button, nav"))
          .as(path)
          .doesNotContain("");
      if (!path.equals("/runs/nobody")) {
        assertThat(browser.complaints()).as(path).isEmpty();
      }
    }
  }
}

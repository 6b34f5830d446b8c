package io.byteport.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.cli.agent.AgentView.ChannelStatus;
import io.byteport.cli.agent.AgentView.DeadLetter;
import io.byteport.cli.agent.AgentView.Delivery;
import io.byteport.cli.agent.AgentView.Heard;
import io.byteport.cli.agent.AgentView.SourceStatus;
import io.byteport.cli.agent.AgentView.Told;
import io.byteport.cli.console.OverviewPage.Decided;
import io.byteport.cli.console.OverviewPage.OpenRun;
import io.byteport.cli.console.OverviewPage.Overview;
import io.byteport.cli.console.OverviewPage.Row;
import io.byteport.cli.console.RunbooksPage.Shelved;
import io.byteport.cli.console.SourcesPage.Ear;
import io.byteport.cli.gallery.Sheet;
import io.byteport.cli.http.Pages.LoginForm;
import io.byteport.cli.http.Visitor;
import io.byteport.dsl.agent.AgentConfiguration.Approvals;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.dsl.check.Requirements;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.run.Mode;
import io.byteport.engine.run.Note;
import io.byteport.engine.run.RunId;
import io.byteport.engine.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page, with harmless and with hostile text in every place that takes some. */
class PagesTest {
  private static final String HOSTILE =
      "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\u202Egnp.exe\u0007";
  private static final Instant NOW = Journals.NOON.plusSeconds(60);

  /** All pages, by name, over one text. */
  private static Map<String, String> pages(String text) {
    Journals journals = new Journals(text);
    RunId run = new RunId(text);
    Scene scene =
        new Scene(
            text,
            true,
            text,
            new Visitor(text, Role.ADMIN, List.of(text), text),
            NOW,
            1,
            List.of(text));
    RunSummary open =
        new RunSummary(run, text, text, text, Mode.DRY_RUN, NOW, null, null, null, null, false);
    RunSummary ended =
        new RunSummary(run, text, text, text, Mode.LIVE, NOW, text, text, text, NOW, true);
    Question question =
        new Question(
            run, text, text, text, text, journals.plan(), List.of(text), NOW, NOW.plusSeconds(600));
    SourceStatus source = new SourceStatus(text, text, text, true, text, NOW, 1, 2, 3);
    ChannelStatus channel = new ChannelStatus(text, text, text, text, NOW, 1, 2);
    Told told = new Told(text, run, text, text, text, NOW, Delivery.WAITING, 3, text, NOW);
    Heard heard = new Heard(NOW, text, Signal.Severity.HIGH, Signal.Status.FIRING, text, text, run);
    Shelved runbook = new Shelved(sheet(text), text);
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put(
        "overview",
        OverviewPage.html(
            scene,
            new Overview(
                List.of(new OpenRun(open, Note.Phase.DIAGNOSE, NOW)),
                true,
                List.of(question),
                List.of(new Decided(ended, 0.9)),
                List.of(source),
                List.of(channel),
                List.of(new Row(text, text)))));
    pages.put(
        "runs",
        RunListPage.html(
            scene,
            new RunQuery(text, text, text, text, text, null),
            java.util.Collections.nCopies(RunListPage.SIZE + 1, ended),
            List.of(text)));
    pages.put(
        "run",
        RunPage.html(
            scene, new RunLook(ended, journals.entries(), List.of(question), List.of(told), true)));
    pages.put(
        "open run",
        RunPage.html(
            scene, new RunLook(open, journals.untilAsked(), List.of(question), List.of(), false)));
    pages.put("approvals", ApprovalsPage.html(scene, List.of(question)));
    pages.put(
        "approval",
        ApprovalPage.html(
            scene, question, new Approvals(text, Duration.ofMinutes(5), List.of("user:" + text))));
    pages.put("runbooks", RunbooksPage.html(scene, List.of(runbook)));
    pages.put("runbook", RunbooksPage.one(scene, runbook));
    pages.put("sources", SourcesPage.html(scene, List.of(new Ear(source, List.of(heard)))));
    pages.put(
        "channels",
        ChannelsPage.html(
            scene,
            List.of(channel),
            List.of(new DeadLetter(text, text, run, text, text, 3, text, NOW))));
    pages.put("trouble", TroublePage.page(scene, text, text, text, "/"));
    pages.put("bare trouble", TroublePage.bare(400, text));
    pages.put("login", LoginPage.page(new LoginForm("/" + text, text)));
    return pages;
  }

  private static Sheet sheet(String text) {
    return new Sheet(
        new Sheet.About(
            text,
            text,
            text,
            text,
            text,
            text,
            List.of(text),
            List.of(text),
            List.of(text),
            text,
            text),
        List.of(new Sheet.Signal(text, text, List.of(text), text)),
        List.of(new Sheet.Row(text, text)),
        List.of(new Sheet.Row(text, text)),
        List.of(new Sheet.Row(text, text)),
        new Sheet.Rules(0.7, 1, List.of(new Sheet.Rule(text, text, text, text))),
        List.of(new Sheet.Guard(text, text, text, List.of(text), true, text)),
        List.of(
            new Sheet.Course(
                text,
                List.of(new Sheet.Deed(text, text, Sheet.Effect.CHANGE, text, List.of())),
                null,
                text)),
        new Sheet.Proof(text, List.of(new Sheet.Row(text, text))),
        null,
        List.of(new Sheet.Call(text, List.of(new Sheet.Row(text, text)))),
        new Requirements(Map.of(text, Set.of(text)), Map.of(), Set.of(text)),
        List.of(text));
  }

  static Stream<String> names() {
    return pages("plain").keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void hostile_text_stays_text(String name) {
    String page = pages(HOSTILE).get(name);

    assertThat(Html.of(page).dangers()).isEmpty();
    assertThat(page.contains("&lt;script&gt;")).isTrue();
    assertThat(page.contains("<script>") || page.contains("<img")).isFalse();
    assertThat(Html.of(page).tags().stream().map(Html.Tag::name))
        .containsExactlyElementsOf(
            Html.of(pages("plain").get(name)).tags().stream().map(Html.Tag::name).toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_turns_a_line_around_or_is_not_seen_is_shown_by_its_number(String name) {
    String seen = pages(HOSTILE).get(name).replaceAll(" value=\"[^\"]*\"", "");

    assertThat(seen.contains("⟨U+202E⟩") && seen.contains("⟨U+0007⟩")).isTrue();
    if (!name.equals("runbook")) { // what runbooks say of themselves was read by who enabled them
      assertThat(seen.contains("\u202E") || seen.contains("\u0007")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void who_does_not_see_finds_the_way(String name) {
    assertThat(Html.of(pages("plain").get(name)).obstacles()).isEmpty();
  }

  @Test
  void an_open_run_can_be_followed_without_a_script() {
    String page = pages("plain").get("open run");

    assertThat(page)
        .contains("<a href=\"/runs/plain\">load the page again</a>")
        .contains("aria-live=\"polite\"");
    assertThat(Html.of(page).all("button"))
        .filteredOn(button -> button.get("class").equals("copy"))
        .isNotEmpty()
        .allSatisfy(button -> assertThat(button.attributes()).containsKey("hidden"));
  }

  @Test
  void a_link_of_elsewhere_is_one_only_where_it_leads_to_a_page_of_the_web() {
    assertThat(Safe.link("https://example.com/a?b=\"c").render()).doesNotContain("<a ");
    assertThat(Safe.link("https://example.com/a").render()).startsWith("<a ");
    assertThat(Safe.link("javascript:alert(1)").render()).isEqualTo("javascript:alert(1)");
    assertThat(Safe.link("data:text/html,x").render()).doesNotContain("<a ");
    assertThat(Safe.link("//example.com").render()).doesNotContain("<a ");
  }

  @Test
  void dry_run_and_live_cannot_be_taken_for_each_other() {
    Visitor visitor = PagesServer.APPROVER;
    String dry =
        TroublePage.page(new Scene("a", false, "", visitor, NOW, 0, List.of()), "t", "t", "t", "/");
    String live =
        TroublePage.page(
            new Scene("a", true, "acts", visitor, NOW, 0, List.of()), "t", "t", "t", "/");

    assertThat(dry).contains("DRY RUN").contains("(dry run)</title>").doesNotContain("LIVE");
    assertThat(live).contains("LIVE").doesNotContain("DRY RUN");
  }

  @Test
  void who_may_not_answer_gets_no_form() {
    Scene scene =
        new Scene(
            "a", true, "", new Visitor("kim", Role.VIEWER, List.of(), "c"), NOW, 1, List.of());
    Question question =
        new Question(
            Journals.RUN, "r", "t", "g", "q", new Journals("x").plan(), List.of(), NOW, NOW);

    String page =
        ApprovalPage.html(scene, question, new Approvals("chat", Duration.ZERO, List.of()));

    assertThat(page).contains("You may look at this").doesNotContain("name=\"answer\"");
  }

  @Test
  void the_plan_of_a_question_is_shown_with_its_hash_and_what_changed() {
    Question question =
        new Question(
            Journals.RUN,
            "r",
            "t",
            "g",
            "q?",
            new Journals("restart it").plan(),
            List.of("the limit is another"),
            NOW,
            NOW.plusSeconds(60));
    Scene scene = new Scene("a", true, "", PagesServer.APPROVER, NOW, 1, List.of());

    String page =
        ApprovalPage.html(
            scene, question, new Approvals("chat", Duration.ZERO, List.of("group:sre")));

    assertThat(page)
        .contains("name=\"hash\" value=\"0123456789abcdef\"")
        .contains("What changed since it was approved before")
        .contains("the limit is another")
        .contains("not all is known yet")
        .contains("<code>restart it</code>")
        .contains("name=\"csrf\" value=\"a-word-of-this-session\"")
        .contains("group:sre");
  }
}

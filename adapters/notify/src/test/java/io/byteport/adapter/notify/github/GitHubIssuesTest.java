package io.byteport.adapter.notify.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.adapter.notify.Entries;
import io.byteport.adapter.notify.Notices;
import io.byteport.adapter.notify.Receiver.Reply;
import io.byteport.adapter.notify.Telling;
import io.byteport.engine.channel.ChannelException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubIssuesTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Notices.AT);

  private final Hub hub = new Hub();
  private final GitHubIssues channel =
      new GitHubIssues.Type().open(entry("example/incidents").entry(), CLOCK);

  private Entries entry(String repository) {
    return Entries.of("issue", "github")
        .setting("address", hub.receiver().address())
        .setting("repository", repository)
        .settings("labels", "incident")
        .secret("token", "sesame-token");
  }

  @AfterEach
  void close() {
    channel.close();
    hub.close();
  }

  private ChannelException refused() {
    return catchThrowableOfType(
        ChannelException.class, () -> channel.send(Notices.of("escalated")));
  }

  @Test
  void an_escalation_opens_an_issue_with_its_labels() throws Exception {
    channel.send(Notices.of("escalated"));
    Hub.Issue issue = hub.issues().getFirst();
    assertThat(issue.title).isEqualTo("oom_at_startup on pod/production/api-sd98vc9vfb-hglv7");
    assertThat(issue.labels)
        .containsExactly("byteport", "incident", "severity:critical", "crash_loop");
    assertThat(issue.body).isEqualTo(IssueText.body(new Telling(Notices.of("escalated"))));
    assertThat(hub.receiver().last().header("Authorization")).isEqualTo("Bearer sesame-token");
    assertThat(hub.receiver().last().header("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
  }

  @Test
  void what_is_said_again_of_the_same_incident_is_a_comment() throws Exception {
    channel.send(Notices.of("planned"));
    channel.send(Notices.of("escalated"));
    assertThat(hub.issues()).hasSize(1);
    assertThat(hub.issues().getFirst().comments)
        .containsExactly(IssueText.body(new Telling(Notices.of("escalated"))));
  }

  @Test
  void another_target_is_another_issue() throws Exception {
    channel.send(Notices.of("escalated"));
    channel.send(Notices.about("escalated", "pod/production/web-0"));
    assertThat(hub.issues()).hasSize(2);
  }

  @Test
  void a_resolution_is_a_comment_and_closes_the_issue() throws Exception {
    channel.send(Notices.of("escalated"));
    channel.send(Notices.of("resolved"));
    assertThat(hub.issues().getFirst().comments).hasSize(1);
    assertThat(hub.issues().getFirst().open).isFalse();
    channel.send(Notices.of("escalated"));
    assertThat(hub.issues()).hasSize(2);
  }

  @Test
  void a_resolution_of_what_has_no_issue_opens_none() throws Exception {
    channel.send(Notices.of("resolved"));
    assertThat(hub.issues()).isEmpty();
  }

  @Test
  void what_is_sent_again_after_a_crash_is_not_said_twice() throws Exception {
    channel.send(Notices.of("escalated"));
    channel.send(Notices.of("escalated"));
    channel.send(Notices.of("failed"));
    channel.send(Notices.of("failed"));
    assertThat(hub.issues()).hasSize(1);
    assertThat(hub.issues().getFirst().comments).hasSize(1);
  }

  @Test
  void an_issue_is_found_again_among_hundreds() throws Exception {
    channel.send(Notices.of("escalated"));
    for (int other = 0; other < 250; other++) {
      channel.send(Notices.about("escalated", "pod/production/web-" + other));
    }
    channel.send(Notices.of("failed"));
    assertThat(hub.issues()).hasSize(251);
    assertThat(hub.issues().getFirst().comments).hasSize(1);
  }

  @Test
  void an_issue_is_found_again_where_labels_may_not_be_set() throws Exception {
    hub.withoutLabels();
    channel.send(Notices.of("escalated"));
    channel.send(Notices.of("failed"));
    assertThat(hub.issues()).hasSize(1);
  }

  @Test
  void the_mark_of_another_incident_in_a_text_leads_nobody_astray() throws Exception {
    String mark = IssueText.Mark.of(new Telling(Notices.of("escalated"))).toString();
    channel.send(Notices.hostile("escalated", mark));
    channel.send(Notices.of("escalated"));
    assertThat(hub.issues()).hasSize(2);
    assertThat(hub.issues().getFirst().comments).isEmpty();
  }

  @Test
  void a_pull_request_with_our_mark_is_no_issue() throws Exception {
    Hub.Issue copied =
        hub.add("copied", IssueText.Mark.of(new Telling(Notices.of("escalated"))).toString());
    copied.pullRequest = true;
    channel.send(Notices.of("escalated"));
    assertThat(hub.issues()).hasSize(2);
    assertThat(copied.comments).isEmpty();
  }

  @Test
  void a_rate_limit_is_waited_for_though_it_is_a_403() {
    hub.receiver()
        .next(
            Reply.of(403, "{\"message\":\"You have exceeded a secondary rate limit\"}")
                .with("Retry-After", "60"));
    ChannelException limited = refused();
    assertThat(limited.isPermanent()).isFalse();
    assertThat(limited.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    hub.receiver().next(Reply.of(403, "{\"message\":\"API rate limit exceeded\"}"));
    assertThat(refused().isPermanent()).isFalse();
  }

  @Test
  void a_token_that_may_not_is_never_tried_again_in_githubs_words() {
    hub.receiver()
        .next(
            Reply.of(
                403,
                "{\"message\":\"Resource not accessible by sesame-token\",\"status\":\"403\"}"));
    ChannelException forbidden = refused();
    assertThat(forbidden.isPermanent()).isTrue();
    assertThat(forbidden).hasMessage("Resource not accessible by *** [403] (GET to 127.0.0.1)");
    hub.receiver()
        .next(
            Reply.of(
                422,
                "{\"message\":\"Validation Failed\",\"errors\":[{\"resource\":\"Issue\",\"field\":"
                    + "\"title\",\"code\":\"missing_field\"}]}"));
    assertThat(refused()).hasMessageStartingWith("Validation Failed: Issue title missing_field");
  }

  @Test
  void a_broken_connection_is_tried_later() {
    hub.receiver().answers(asked -> Reply.BROKEN);
    assertThat(refused().isPermanent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"incidents", "example/", "a/b/c", "../x", "example/..", "a b/c"})
  void a_repository_is_checked_when_the_channel_is_opened(String repository) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GitHubIssues.Type().open(entry(repository).entry(), CLOCK));
  }
}

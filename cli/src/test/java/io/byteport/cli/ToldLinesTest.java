package io.byteport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.outbox.Sending;
import io.byteport.engine.run.RunId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToldLinesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void each_channel_says_what_became_of_each_notice() {
    assertThat(
            printed(
                sending("ops_mail", Sending.State.SENT, 1, null),
                sending("ops_chat", Sending.State.WAITING, 0, null),
                sending("ops_chat", Sending.State.WAITING, 3, "no route to host"),
                sending("issues", Sending.State.DEAD, 1, "401 Bad credentials"),
                sending("room", Sending.State.UNHEARD, 0, null),
                sending("dba_mail", Sending.State.REPEATED, 0, null)))
        .isEqualTo(
            """

            told
              ops_mail  escalated sent 2026-03-01T12:00:00Z
              ops_chat  escalated waits to be sent
              ops_chat  escalated was refused 3 times, next attempt 2026-03-01T12:00:00Z
                          no route to host
              issues  escalated given up 2026-03-01T12:00:00Z, tried once
                        401 Bad credentials
              room  escalated not told: no channel is of this kind
              dba_mail  escalated not told again: the same was said a short time before
            """);
  }

  @Test
  void a_run_that_had_nothing_to_say_is_shown_as_it_was() {
    assertThat(printed()).isEmpty();
  }

  private static String printed(Sending... told) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new ToldLines(new Terminal(out, out, false)).print(List.of(told));
    out.flush();
    return text.toString();
  }

  private static Sending sending(
      String channel, Sending.State state, int attempts, @Nullable String error) {
    return new Sending(
        1,
        new RunId("run-1"),
        channel,
        "escalated",
        "a title",
        state,
        NOON,
        attempts,
        NOON,
        NOON,
        error);
  }
}

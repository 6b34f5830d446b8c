package io.byteport.engine.channel;

import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport.Notification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notice on its way to one channel, redacted.
 *
 * @param notice what is said, as the runbook has it
 * @param labels those that the runbook gives this kind of channel
 * @param subject what the run is about
 * @param link the page of the run, or the command that shows it
 * @param runbookLink the page of the runbook, or the command that shows it
 * @param mention whom to call by name, as the channel writes it; null for nobody
 * @param text what a template of the configuration made of it, in place of the channel's own words;
 *     null for those
 */
public record Message(
    RunId run,
    Notification notice,
    List<String> labels,
    Subject subject,
    String link,
    String runbookLink,
    @Nullable String mention,
    @Nullable String text) {

  public Message {
    labels = List.copyOf(labels);
  }

  /**
   * @param runbook its id; {@code none} where no runbook took the signal
   * @param result {@code resolved}, {@code escalated}, ...; null while the run goes on
   * @param classId null where it was not classified
   * @param target such as {@code pod/production/api-1}
   */
  public record Subject(
      String runbook,
      String category,
      String signal,
      String source,
      String fingerprint,
      String target,
      @Nullable String classId,
      @Nullable String result,
      Instant at) {}

  /**
   * What the other side may know the trouble by: equal for all that is said about one signal and
   * one target, {@code byteport/SOURCE/SIGNAL/TARGET}.
   */
  public String incidentKey() {
    return "byteport/" + subject.source() + "/" + subject.signal() + "/" + subject.target();
  }
}

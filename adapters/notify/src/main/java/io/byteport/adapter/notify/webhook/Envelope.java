package io.byteport.adapter.notify.webhook;

import io.byteport.adapter.notify.Telling;
import io.byteport.engine.channel.Message;
import io.byteport.engine.run.RunReport.Notification;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as JSON of our own, for programs. Fields are added, never renamed or removed, as long
 * as {@code schema} says the same. Nothing is escaped: whoever shows it has to. Pure.
 */
final class Envelope {
  static final String SCHEMA = "byteport.io/notice/v1";

  private Envelope() {}

  /**
   * @param channel the name of the channel
   */
  static Map<String, Object> of(Telling telling, String channel) {
    Message message = telling.message();
    Notification notice = message.notice();
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("schema", SCHEMA);
    envelope.put("id", telling.key());
    envelope.put("incident", message.incidentKey());
    envelope.put("channel", channel);
    envelope.put("event", notice.event());
    envelope.put("severity", telling.severity());
    envelope.put("at", message.subject().at().toString());
    envelope.put("heading", telling.heading());
    envelope.put("title", notice.title());
    put(envelope, "details", notice.details());
    put(envelope, "text", message.text());
    put(envelope, "mention", message.mention());
    envelope.put("labels", message.labels());
    envelope.put("run", link("id", message.run().value(), message.link()));
    envelope.put("runbook", runbook(message));
    envelope.put("signal", signal(message.subject()));
    envelope.put("target", message.subject().target());
    put(envelope, "class", message.subject().classId());
    put(envelope, "result", message.subject().result());
    envelope.put("fields", notice.fields());
    envelope.put("nextSteps", notice.nextSteps());
    envelope.put("commands", notice.commands());
    envelope.put("attachments", notice.attachments());
    return envelope;
  }

  private static void put(Map<String, Object> into, String name, @Nullable String value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  private static Map<String, Object> link(String name, String value, String link) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put(name, value);
    written.put("link", link);
    return written;
  }

  private static Map<String, Object> runbook(Message message) {
    Map<String, Object> runbook = link("id", message.subject().runbook(), message.runbookLink());
    runbook.put("category", message.subject().category());
    return runbook;
  }

  private static Map<String, Object> signal(Message.Subject subject) {
    Map<String, Object> signal = new LinkedHashMap<>();
    signal.put("type", subject.signal());
    signal.put("source", subject.source());
    signal.put("fingerprint", subject.fingerprint());
    return signal;
  }
}

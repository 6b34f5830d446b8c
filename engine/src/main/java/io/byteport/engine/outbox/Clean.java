package io.byteport.engine.outbox;

import io.byteport.engine.channel.Message;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.RunReport.Notification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages without secrets, whatever of them became known since they were written. What only
 * machines compare stays: the run, the fingerprint, the dedup key.
 */
record Clean(Redactor redactor) {

  Message message(Message message) {
    return new Message(
        message.run(),
        notice(message.notice()),
        texts(message.labels()),
        subject(message.subject()),
        redactor.redact(message.link()),
        redactor.redact(message.runbookLink()),
        text(message.mention()),
        text(message.text()));
  }

  String error(Throwable failure) {
    String said = failure.getMessage();
    return redactor.redact(said == null ? failure.getClass().getSimpleName() : said);
  }

  private Message.Subject subject(Message.Subject subject) {
    return new Message.Subject(
        subject.runbook(),
        subject.category(),
        redactor.redact(subject.signal()),
        subject.source(),
        subject.fingerprint(),
        redactor.redact(subject.target()),
        text(subject.classId()),
        subject.result(),
        subject.at());
  }

  private Notification notice(Notification notice) {
    return new Notification(
        notice.event(),
        notice.channels(),
        notice.priority(),
        redactor.redact(notice.title()),
        text(notice.details()),
        entries(notice.fields()),
        entries(notice.attachments()),
        texts(notice.nextSteps()),
        texts(notice.commands()),
        notice.dedupKey(),
        notice.dedupFor());
  }

  private Map<String, String> entries(Map<String, String> entries) {
    Map<String, String> clean = new LinkedHashMap<>();
    entries.forEach((title, text) -> clean.put(redactor.redact(title), redactor.redact(text)));
    return clean;
  }

  private List<String> texts(List<String> texts) {
    return texts.stream().map(redactor::redact).toList();
  }

  private @Nullable String text(@Nullable String text) {
    return text == null ? null : redactor.redact(text);
  }
}

package io.byteport.adapter.notify;

import io.byteport.engine.channel.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a message says, in the same words and the same order on every channel. All of it is text of
 * others: without control characters, but not yet escaped for any format. Pure.
 */
public record Telling(Message message) {
  private static final int SHORT = 100;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /**
   * A place to read on.
   *
   * @param name what is found there
   * @param text the address, or the command that shows it
   */
  public record Link(String name, String text) {

    /** Empty where it is a command. */
    public Optional<URI> address() {
      return Plain.address(text);
    }
  }

  public Tone tone() {
    return Tone.of(message.notice().event());
  }

  /** One line: {@code Escalated: api-1 is out of memory}; the first of the operator's own text. */
  public String heading() {
    return own()
        .map(text -> text.lines().findFirst().orElse(text).strip())
        .orElseGet(() -> tone().word(message.notice().event()) + ": " + title());
  }

  /**
   * One short line: what it is about, without what became of it. Where the notice has no short
   * title, class or signal, and target.
   */
  public String title() {
    String title = Span.plain(Plain.line(message.notice().title()));
    if (!title.isEmpty() && title.length() <= SHORT) {
      return title;
    }
    Message.Subject subject = message.subject();
    String what = subject.classId() == null ? subject.signal() : subject.classId();
    return Plain.line(what) + " on " + target();
  }

  /** The notice's own title, where it is too long for a heading; with marks as {@link Span}s. */
  public Optional<String> summary() {
    String title = Plain.line(message.notice().title());
    return Span.plain(title).length() > SHORT ? Optional.of(title) : Optional.empty();
  }

  /** Summary and details, a line between them; empty where there is neither. */
  public Optional<String> body() {
    String body =
        Stream.of(summary(), details())
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n\n"));
    return body.isEmpty() ? Optional.empty() : Optional.of(body);
  }

  /** What a template of the operator says in place of everything here. */
  public Optional<String> own() {
    return Optional.ofNullable(message.text()).map(Plain::text).filter(text -> !text.isEmpty());
  }

  /** What is called {@code info}, {@code warning}, {@code high}, {@code critical}, or otherwise. */
  public String severity() {
    String priority = Plain.line(message.notice().priority());
    return priority.isEmpty() ? "info" : priority;
  }

  public Optional<String> details() {
    return Optional.ofNullable(message.notice().details())
        .map(Plain::text)
        .filter(text -> !text.isEmpty());
  }

  /** Severity, target, class, signal, runbook and time, each on one line. */
  public Map<String, String> about() {
    Message.Subject subject = message.subject();
    Map<String, String> about = new LinkedHashMap<>();
    about.put("severity", severity());
    about.put("target", Plain.line(subject.target()));
    if (subject.classId() != null) {
      about.put("class", Plain.line(subject.classId()));
    }
    about.put("signal", signal());
    about.put("runbook", Plain.line(subject.runbook()));
    about.put("run", message.run().value());
    about.put("at", time());
    return about;
  }

  public String target() {
    return Plain.line(message.subject().target());
  }

  /** {@code queue_full from alertmanager}. */
  public String signal() {
    Message.Subject subject = message.subject();
    return Plain.line(subject.signal() + " from " + subject.source());
  }

  /** {@code 2026-11-22 12:00:03 UTC}. */
  public String time() {
    return TIME.format(message.subject().at());
  }

  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    message
        .notice()
        .fields()
        .forEach((title, text) -> fields.put(Plain.line(title), Plain.text(text)));
    return fields;
  }

  public Map<String, String> attachments() {
    Map<String, String> attachments = new LinkedHashMap<>();
    message
        .notice()
        .attachments()
        .forEach((title, text) -> attachments.put(Plain.line(title), Plain.text(text)));
    return attachments;
  }

  /** Those attachments without which nobody can decide: the plan that waits, what a storm held. */
  public Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>(attachments());
    shown.keySet().removeIf(title -> !isShown(title));
    return shown;
  }

  private boolean isShown(String title) {
    return switch (tone()) {
      case PLANNED -> title.equals("plan");
      case ASKED, STORM -> true;
      case OPENED, ACTING, RESOLVED, ESCALATED, FAILED, NOTICE -> false;
    };
  }

  public List<String> steps() {
    return message.notice().nextSteps().stream().map(Plain::line).toList();
  }

  public List<String> commands() {
    return message.notice().commands().stream().map(Plain::text).toList();
  }

  public Link run() {
    return new Link("Run " + message.run().value(), Plain.line(message.link()));
  }

  public Link runbook() {
    return new Link(
        "Runbook " + Plain.line(message.subject().runbook()), Plain.line(message.runbookLink()));
  }

  public Optional<String> mention() {
    return Optional.ofNullable(message.mention())
        .map(Plain::line)
        .filter(mention -> !mention.isEmpty());
  }

  /** The same for the same incident: 16 hexadecimal digits. */
  public String incident() {
    return digest(message.incidentKey());
  }

  /** The same when the same notice is sent again: 16 hexadecimal digits. */
  public String key() {
    return digest(
        String.join(
            "\n",
            message.run().value(),
            message.notice().event(),
            message.notice().dedupKey(),
            message.notice().title(),
            String.valueOf(message.notice().details())));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

package io.byteport.cli.agent;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.LogNames;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Log lines without secrets: text for people, or one JSON object for each. What is about a run
 * carries its id.
 */
final class LogLines extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LogFormat format;
  private volatile Redactor redactor = Redactor.SHAPES_ONLY;

  LogLines(LogFormat format) {
    this.format = format;
  }

  /** From now on secrets are taken out that this redactor knows. */
  void redactedBy(Redactor known) {
    redactor = known;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    Instant at = Instant.ofEpochMilli(event.getTimeStamp());
    line.put("time", at.toString());
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    String run = event.getMDCPropertyMap().get(LogNames.RUN);
    if (run != null) {
      line.put("run", run);
    }
    line.put("message", redactor.redact(event.getFormattedMessage()));
    if (event.getThrowableProxy() != null) {
      line.put("error", redactor.redact(ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }
    return switch (format) {
      case json -> JSON.writeValueAsString(line) + "\n";
      case text -> text(at, event, line);
    };
  }

  private static String text(Instant at, ILoggingEvent event, Map<String, Object> line) {
    String logger = event.getLoggerName();
    Object error = line.get("error");
    return TIME.format(at)
        + String.format(Locale.ROOT, " %-5s ", event.getLevel())
        + logger.substring(logger.lastIndexOf('.') + 1)
        + " - "
        + (line.containsKey("run") ? "[" + line.get("run") + "] " : "")
        + line.get("message")
        + "\n"
        + (error == null ? "" : error);
  }
}

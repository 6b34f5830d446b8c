package io.byteport.cli.agent;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.byteport.engine.journal.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The log of this process, on standard error. */
public final class AgentLog {
  private final LogLines lines;

  private AgentLog(LogLines lines) {
    this.lines = lines;
  }

  /**
   * Takes the place of whatever was configured. {@code BYTEPORT_LOG_LEVEL} says how much of
   * BytePort's own is told; the default is INFO.
   */
  public static AgentLog start(LogFormat format, Map<String, String> environment) {
    LogLines lines = new LogLines(format);
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return new AgentLog(lines);
    }
    context.reset();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    lines.setContext(context);
    lines.start();
    encoder.setLayout(lines);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    context
        .getLogger("io.byteport")
        .setLevel(Level.toLevel(environment.get("BYTEPORT_LOG_LEVEL"), Level.INFO));
    // It logs command lines, and failures that are told anyway.
    context.getLogger("org.apache.sshd").setLevel(Level.OFF);
    context.getLogger("io.fabric8").setLevel(Level.ERROR);
    // At DEBUG it writes what it signs, tokens of sessions among it.
    context.getLogger("software.amazon.awssdk").setLevel(Level.WARN);
    return new AgentLog(lines);
  }

  /** From now on secrets are taken out that this redactor knows. */
  public void redactedBy(Redactor redactor) {
    lines.redactedBy(redactor);
  }
}

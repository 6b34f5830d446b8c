package io.byteport.cli.http;

import io.byteport.dsl.agent.AgentConfiguration.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time whether the files of a certificate have changed. What cannot be used,
 * such as a key without its certificate yet, is left until it can: the old one goes on.
 */
final class CertificateWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

  private final Tls files;
  private final Consumer<Certificate> changed;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-certificate").factory());
  private final ScheduledFuture<?> looking;
  private String seen;
  private String complaint = "";

  /**
   * @param changed gets each new one, on a thread of its own
   */
  CertificateWatch(Tls files, Duration every, Consumer<Certificate> changed) {
    this.files = files;
    this.changed = changed;
    this.seen = state(files);
    this.looking =
        watch.scheduleWithFixedDelay(
            this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    String now = state(files);
    if (now.equals(seen)) {
      return;
    }
    try {
      changed.accept(Certificate.read(files));
      seen = now;
      complaint = "";
      LOG.info("the certificate in {} is shown from now on", files.certificate());
    } catch (IOException | RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(complaint)) {
        LOG.warn("the new certificate cannot be used, the old one goes on: {}", message);
        complaint = message;
      }
    }
  }

  /** Differs when a file was written. */
  private static String state(Tls files) {
    return state(files.certificate()) + " " + state(files.key());
  }

  private static String state(String file) {
    try {
      Path path = Path.of(file).toRealPath();
      return path + " " + Files.getLastModifiedTime(path) + " " + Files.size(path);
    } catch (IOException e) {
      return "none";
    }
  }

  @Override
  public void close() {
    looking.cancel(true);
    watch.shutdownNow();
  }
}

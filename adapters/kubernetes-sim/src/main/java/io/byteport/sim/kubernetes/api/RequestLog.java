package io.byteport.sim.kubernetes.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every request in the order of arrival, kept in memory and, if wanted, in a file: a JSON object a
 * line, flushed before the request is answered. Thread-safe.
 */
final class RequestLog implements AutoCloseable {
  private final List<RecordedRequest> requests = new ArrayList<>();
  private final Optional<Writer> file;

  RequestLog(Optional<Path> file) throws IOException {
    this.file =
        file.isPresent()
            ? Optional.of(
                Files.newBufferedWriter(
                    file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND))
            : Optional.empty();
  }

  synchronized void add(RecordedRequest request) {
    requests.add(request);
    file.ifPresent(
        writer -> {
          try {
            writer.write(request.line() + "\n");
            writer.flush();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  synchronized List<RecordedRequest> all() {
    return List.copyOf(requests);
  }

  synchronized void clear() {
    requests.clear();
  }

  @Override
  public synchronized void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}

package io.byteport.adapter.cloud.machine;

import io.byteport.adapter.cloud.http.Authority;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.engine.spi.ActionException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps a token until shortly before its end, and has it made once for all who wait. */
public final class Tokens implements Authority {

  /** Where a token comes from. */
  @FunctionalInterface
  public interface Source {

    /**
     * @throws ActionException if there is none to be had; the message says where it looked
     */
    Token fetch(Deadline deadline) throws ActionException, InterruptedException;
  }

  private final Source source;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Token kept;

  public Tokens(Source source) {
    this.source = source;
  }

  @Override
  public Map<String, String> headers(Call call, Deadline deadline)
      throws ActionException, InterruptedException {
    lock.lockInterruptibly();
    try {
      Token token = kept;
      if (token == null || token.isStale(deadline.now())) {
        token = source.fetch(deadline);
        kept = token;
      }
      return Map.of("Authorization", "Bearer " + token.value());
    } finally {
      lock.unlock();
    }
  }
}

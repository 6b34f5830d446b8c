package io.byteport.adapter.alerts;

import io.byteport.adapter.alerts.web.Web;
import io.byteport.engine.source.Feedback;
import io.byteport.engine.source.Poller;
import io.byteport.engine.source.Receiver;
import io.byteport.engine.source.Source;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source made of its parts.
 *
 * @param closing closes what the parts ask through
 */
public record Wired(
    @Nullable Poller asking,
    @Nullable Receiver listening,
    @Nullable Feedback telling,
    Runnable closing)
    implements Source {

  /** One that is asked, or calls, or both, and is told nothing. */
  public static Wired of(@Nullable Poller asking, @Nullable Receiver listening, Web web) {
    return new Wired(asking, listening, null, web::close);
  }

  /** One that only calls. */
  public static Wired listening(Receiver listening) {
    return new Wired(null, listening, null, () -> {});
  }

  @Override
  public Optional<Poller> poller() {
    return Optional.ofNullable(asking);
  }

  @Override
  public Optional<Receiver> receiver() {
    return Optional.ofNullable(listening);
  }

  @Override
  public Optional<Feedback> feedback() {
    return Optional.ofNullable(telling);
  }

  @Override
  public void close() {
    closing.run();
  }
}

package io.byteport.adapter.probes.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the beginning of a body and hangs up when there is more. For one body; its methods are
 * called one at a time.
 */
final class CappedBody implements BodySubscriber<CappedBody.Body> {

  /**
   * @param cut whether there was more
   */
  record Body(HttpAnswer.Bytes bytes, boolean cut) {}

  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<Body> result = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  CappedBody(int most) {
    this.most = most;
  }

  @Override
  public CompletionStage<Body> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Subscription upstream) {
    subscription = upstream;
    upstream.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      byte[] bytes = new byte[Math.min(part.remaining(), most - kept.size())];
      part.get(bytes);
      kept.writeBytes(bytes);
      if (part.hasRemaining()) {
        finish(true);
        return;
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    finish(false);
  }

  private void finish(boolean cut) {
    result.complete(new Body(new HttpAnswer.Bytes(kept.toByteArray()), cut));
    if (cut && subscription != null) {
      subscription.cancel();
    }
  }
}

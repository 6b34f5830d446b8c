package io.byteport.adapter.cloud.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a response's body up to a limit, and never more than twice of it. */
public final class CappedBody implements BodySubscriber<byte[]> {
  private final Limit limit;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private Flow.@Nullable Subscription subscription;

  public CappedBody(Limit limit) {
    this.limit = limit;
  }

  /** The answer is longer than the call allows. */
  public static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;

    TooLong(int bytes) {
      super("the answer is longer than " + bytes + " bytes");
    }
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription flow) {
    subscription = flow;
    flow.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] part = new byte[buffer.remaining()];
      buffer.get(part);
      collected.writeBytes(part);
    }
    if (collected.size() <= limit.bytes()) {
      return;
    }
    if (!limit.keepsEnd()) {
      if (subscription != null) {
        subscription.cancel();
      }
      whole.completeExceptionally(new TooLong(limit.bytes()));
    } else if (collected.size() > 2 * limit.bytes()) {
      byte[] end = end();
      collected = new ByteArrayOutputStream();
      collected.writeBytes(end);
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(end());
  }

  private byte[] end() {
    byte[] all = collected.toByteArray();
    return all.length <= limit.bytes()
        ? all
        : Arrays.copyOfRange(all, all.length - limit.bytes(), all.length);
  }
}

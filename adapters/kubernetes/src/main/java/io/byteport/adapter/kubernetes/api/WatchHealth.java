package io.byteport.adapter.kubernetes.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Sees whether watches can be opened: an informer goes on trying by itself, and tells nobody. Safe
 * for several threads.
 */
final class WatchHealth implements Interceptor {
  static final String NAME = "BYTEPORT-WATCH-HEALTH";

  private record Interest(String path, Consumer<String> lost, Runnable opened) {}

  private final ClusterTrouble trouble;
  private final List<Interest> interests = new CopyOnWriteArrayList<>();

  WatchHealth(ClusterTrouble trouble) {
    this.trouble = trouble;
  }

  /** Says why the cluster cannot be watched. */
  ClusterTrouble trouble() {
    return trouble;
  }

  /** Returns what ends it. */
  Runnable add(String path, Consumer<String> lost, Runnable opened) {
    Interest interest = new Interest(path, lost, opened);
    interests.add(interest);
    return () -> interests.remove(interest);
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (isWatch(request)) {
      for (Interest interest : interests(request)) {
        if (response.isSuccessful()) {
          interest.opened().run();
        } else {
          interest.lost().accept(trouble.answered(response.code(), null));
        }
      }
    }
  }

  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    return isWatch(request) ? new WholeCharacters(consumer) : consumer;
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    if (isWatch(request)) {
      interests(request).forEach(one -> one.lost().accept(trouble.of(failure)));
    }
  }

  private List<Interest> interests(HttpRequest request) {
    String path = request.uri().getRawPath();
    return interests.stream().filter(one -> one.path().equals(path)).toList();
  }

  private static boolean isWatch(HttpRequest request) {
    String query = request.uri().getRawQuery();
    return query != null && query.contains("watch=true");
  }
}

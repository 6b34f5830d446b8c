package io.byteport.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.engine.journal.RunStore;
import io.byteport.engine.run.Event;
import io.byteport.engine.run.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who follows a run sees every entry once, also after the line was cut. */
class RunStreamsTest {

  /** A stream that is read event by event. */
  private static final class Followed implements AutoCloseable {
    final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Followed(Lab lab, RunId run, @Nullable String last) throws IOException, InterruptedException {
      HttpRequest.Builder request =
          Lab.by(HttpRequest.newBuilder(lab.at("/api/v1/runs/" + run + "/events")), "vera");
      if (last != null) {
        request.header("Last-Event-ID", last);
      }
      this.response = lab.client.send(request.build(), BodyHandlers.ofInputStream());
      this.lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The next event as {@code id kind}; {@code cut} where there is no more. */
    String next() throws IOException {
      String id = "";
      String kind = "";
      while (true) {
        String line = lines.readLine();
        if (line == null) {
          return "cut";
        }
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          kind = line.substring(7);
        } else if (line.isEmpty() && !kind.isEmpty()) {
          return (id + " " + kind).strip();
        }
      }
    }

    List<String> next(int count) throws IOException {
      List<String> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(next());
      }
      return all;
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }

  private static RunId open(Lab lab, int entries) {
    RunId run = lab.agent.open("run-1");
    assertThat(lab.agent.store.claim(run)).isTrue();
    for (int i = 1; i < entries; i++) {
      append(lab, run);
    }
    return run;
  }

  private static void append(Lab lab, RunId run) {
    lab.agent.append(run, new Event.TimeReached(FakeAgent.NOON, FakeAgent.NOON));
  }

  @Test
  void entries_come_as_they_are_written() throws Exception {
    try (Lab lab = Lab.of(Configured.STAFFED)) {
      RunId run = open(lab, 2);
      try (Followed stream = new Followed(lab, run, null)) {
        assertThat(stream.response.headers().firstValue("Content-Type"))
            .contains("text/event-stream");
        assertThat(stream.next(2)).containsExactly("0 entry", "1 entry");
        append(lab, run);
        assertThat(stream.next()).isEqualTo("2 entry");
        append(lab, run);
        append(lab, run);
        assertThat(stream.next(2)).containsExactly("3 entry", "4 entry");
      }
    }
  }

  @Test
  void an_entry_is_read_once_for_each_who_follows_however_many_come_after_it() throws Exception {
    try (Lab lab = Lab.of(Configured.STAFFED)) {
      AtomicInteger read = new AtomicInteger();
      lab.agent.seen = counting(lab.agent.store, read);
      RunId run = open(lab, 40);
      try (Followed stream = new Followed(lab, run, null)) {
        stream.next(40);
        for (int i = 40; i < 60; i++) {
          append(lab, run);
          assertThat(stream.next()).isEqualTo(i + " entry");
        }
      }
      assertThat(read).hasValue(60);

      try (Followed stream = new Followed(lab, run, "57")) {
        assertThat(stream.next(2)).containsExactly("58 entry", "59 entry");
      }
      assertThat(read).hasValue(62);
    }
  }

  /** The same store, which counts the entries of journals that it reads. */
  private static RunStore counting(RunStore store, AtomicInteger read) {
    return (RunStore)
        Proxy.newProxyInstance(
            RunStore.class.getClassLoader(),
            new Class<?>[] {RunStore.class},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(store, arguments);
              if (method.getName().equals("entries")) {
                read.addAndGet(((List<?>) answer).size());
              }
              return answer;
            });
  }

  @Test
  void who_was_cut_off_goes_on_after_the_last_that_was_seen() throws Exception {
    try (Lab lab = Lab.of(Configured.STAFFED)) {
      RunId run = open(lab, 3);
      try (Followed stream = new Followed(lab, run, "0")) {
        assertThat(stream.next(2)).containsExactly("1 entry", "2 entry");
      }
      append(lab, run);
      try (Followed stream = new Followed(lab, run, "2")) {
        assertThat(stream.next()).isEqualTo("3 entry");
        append(lab, run);
        assertThat(stream.next()).isEqualTo("4 entry");
      }
    }
  }

  @Test
  void a_run_that_ends_ends_its_stream_and_is_not_followed_again() throws Exception {
    try (Lab lab = Lab.of(Configured.STAFFED)) {
      RunId run = open(lab, 2);
      try (Followed stream = new Followed(lab, run, null)) {
        assertThat(stream.next(2)).containsExactly("0 entry", "1 entry");
        lab.agent.store.close(run, List.of(new Event.TimeReached(FakeAgent.NOON, FakeAgent.NOON)));
        assertThat(stream.next(3)).containsExactly("2 entry", "end", "cut");
      }
      try (Followed again = new Followed(lab, run, "2")) {
        assertThat(again.response.statusCode()).isEqualTo(204);
      }
    }
  }

  @Test
  void what_is_no_run_or_no_id_is_said_at_once() throws Exception {
    try (Lab lab = Lab.of(Configured.STAFFED)) {
      RunId run = open(lab, 1);
      try (Followed unknown = new Followed(lab, new RunId("none"), null);
          Followed nonsense = new Followed(lab, run, "last");
          Followed negative = new Followed(lab, run, "-7")) {
        assertThat(unknown.response.statusCode()).isEqualTo(404);
        assertThat(nonsense.response.statusCode()).isEqualTo(400);
        assertThat(negative.response.statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void more_than_may_listen_are_asked_to_come_again_and_a_place_is_free_when_one_has_gone()
      throws Exception {
    try (Lab lab = Lab.of(Configured.STAFFED, Limits.standard().streams(1))) {
      RunId run = open(lab, 1);
      try (Followed first = new Followed(lab, run, null)) {
        assertThat(first.next()).isEqualTo("0 entry");
        try (Followed second = new Followed(lab, run, null)) {
          assertThat(second.response.statusCode()).isEqualTo(503);
        }
      }
      long end = System.nanoTime() + Lab.PATIENCE.toNanos();
      int status = 503;
      while (status == 503 && System.nanoTime() < end) {
        try (Followed later = new Followed(lab, run, null)) {
          status = later.response.statusCode();
        }
      }
      assertThat(status).isEqualTo(200);
    }
  }

  @Test
  void a_server_that_stops_ends_streams_and_keeps_no_listener() throws Exception {
    Lab lab = Lab.of(Configured.STAFFED);
    RunId run = open(lab, 1);
    try (Followed stream = new Followed(lab, run, null)) {
      assertThat(stream.next()).isEqualTo("0 entry");
      lab.server.close();
      String last;
      try {
        last = stream.next();
      } catch (IOException reset) {
        last = "cut";
      }
      assertThat(last).isEqualTo("cut");
      assertThat(lab.agent.listeners()).isZero();
    } finally {
      lab.close();
    }
  }
}

package io.byteport.cli.http;

import io.byteport.cli.http.HttpLimits.Rate;
import io.byteport.engine.signal.Signal;
import io.byteport.engine.source.Alert;
import io.byteport.engine.source.Received;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many signals a second come through a webhook, one in each request, when what takes them does
 * nothing: what HTTP costs. The client is in the same process, and pays as well.
 */
public final class WebhookBench {
  private static final int ROUNDS = 3;

  private WebhookBench() {}

  /**
   * @param args how many requests in each round, and over how many connections
   */
  public static void main(String[] args) throws Exception {
    int requests = Integer.parseInt(args[0]);
    int connections = Integer.parseInt(args[1]);
    Alert alert =
        new Alert(
            "box_full",
            "Box is full",
            Signal.Severity.HIGH,
            Signal.Status.FIRING,
            Map.of(),
            FakeAgent.NOON,
            null,
            "f1",
            null);
    Limits limits = Limits.standard().perSource(new Rate(1e9, Integer.MAX_VALUE));
    try (Lab lab = Lab.of(Configured.STAFFED, limits)) {
      lab.agent.receiver = delivered -> new Received.Accepted(List.of(alert));
      for (int round = 1; round <= ROUNDS; round++) {
        long[] nanos = new long[requests / connections * connections];
        print(round, nanos, measure(lab, nanos, connections), connections);
      }
    }
  }

  /**
   * @param nanos gets how long each request took
   * @return how many seconds all of them took together
   */
  private static double measure(Lab lab, long[] nanos, int connections) throws Exception {
    int each = nanos.length / connections;
    long began = System.nanoTime();
    try (ExecutorService clients = Executors.newFixedThreadPool(connections)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int from = i * each;
        all.add(
            clients.submit(
                () -> {
                  send(lab, nanos, from, from + each);
                  return true;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private static void send(Lab lab, long[] nanos, int from, int until) throws IOException {
    String body = "{\"alert\":\"full\",\"labels\":{\"box\":\"b1\",\"severity\":\"high\"}}";
    byte[] request =
        ("POST /webhooks/lab HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = lab.connect()) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = from; i < until; i++) {
        long began = System.nanoTime();
        socket.getOutputStream().write(request);
        readAnswer(in);
        nanos[i] = System.nanoTime() - began;
      }
    }
  }

  /** To its end; it is always {@code {"accepted":1}}. */
  private static void readAnswer(InputStream in) throws IOException {
    int seen = 0;
    byte[] end = "{\"accepted\":1}".getBytes(StandardCharsets.US_ASCII);
    while (seen < end.length) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the server has hung up");
      }
      seen = next == end[seen] ? seen + 1 : next == end[0] ? 1 : 0;
    }
  }

  private static void print(int round, long[] nanos, double seconds, int connections) {
    Arrays.sort(nanos);
    System.out.println(
        String.format(
            Locale.ROOT,
            "round %d: %d requests over %d connections, %.0f/s, p50 %.2f ms, p99 %.2f ms",
            round,
            nanos.length,
            connections,
            nanos.length / seconds,
            nanos[nanos.length / 2] / 1e6,
            nanos[(int) (nanos.length * 0.99)] / 1e6));
  }
}

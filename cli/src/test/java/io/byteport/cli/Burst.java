package io.byteport.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a bad hour sends to a webhook: over connections that stay open, as fast as it is answered.
 * Who is told that it is too much waits for a moment and sends the same again, as sources do.
 */
final class Burst {
  static final String PATH = "/webhooks/alertmanager";
  static final String SECRET = "burst-secret-0123456789";
  private static final int TOO_MANY = 429;
  private static final int BUSY = 503;
  private static final int OVERSIZED = 413;

  private final int port;
  private final int connections;

  Burst(int port, int connections) {
    this.port = port;
    this.connections = connections;
  }

  /**
   * What came of it.
   *
   * @param statuses how many requests were answered so in the end
   * @param sentAgain how often it was too much
   * @param nanos of each request that was accepted, ordered
   */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Answers(Map<Integer, Integer> statuses, int sentAgain, long[] nanos, double seconds) {
    int of(int status) {
      return statuses.getOrDefault(status, 0);
    }

    double millis(double part) {
      return nanos.length == 0 ? 0 : nanos[(int) ((nanos.length - 1) * part)] / 1e6;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d requests in %.1f s, %.0f/s accepted, p50 %.2f ms, p99 %.2f ms, longest %.1f ms,"
              + " answers %s, %d times too much",
          statuses.values().stream().mapToInt(Integer::intValue).sum(),
          seconds,
          nanos.length / seconds,
          millis(0.5),
          millis(0.99),
          millis(1),
          statuses,
          sentAgain);
    }
  }

  /** Sends so many requests and returns when each of them has its answer. */
  Answers send(int count, IntFunction<byte[]> requests) throws Exception {
    List<Future<Caller>> callers = new ArrayList<>();
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        int first = i;
        callers.add(
            threads.submit(
                () -> {
                  try (Caller caller = new Caller(count / connections + 1)) {
                    for (int next = first; next < count; next += connections) {
                      caller.send(requests.apply(next));
                    }
                    return caller;
                  }
                }));
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<Integer, Integer> statuses = new TreeMap<>();
    long[] nanos = new long[0];
    int again = 0;
    for (Future<Caller> one : callers) {
      Caller caller = one.get();
      caller.statuses.forEach((status, times) -> statuses.merge(status, times, Integer::sum));
      int before = nanos.length;
      nanos = Arrays.copyOf(nanos, before + caller.accepted);
      System.arraycopy(caller.nanos, 0, nanos, before, caller.accepted);
      again += caller.again;
    }
    Arrays.sort(nanos);
    return new Answers(statuses, again, nanos, seconds);
  }

  /** One connection. */
  private final class Caller implements AutoCloseable {
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final long[] nanos;
    private int accepted;
    private int again;
    private Socket socket;
    private InputStream in;

    Caller(int most) throws IOException {
      this.nanos = new long[most];
      this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
      this.in = opened();
    }

    private InputStream opened() throws IOException {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      return new BufferedInputStream(socket.getInputStream());
    }

    void send(byte[] request) throws IOException, InterruptedException {
      long began = System.nanoTime();
      int status = once(request);
      while (status == TOO_MANY || status == BUSY) {
        again++;
        TimeUnit.MILLISECONDS.sleep(20);
        status = once(request);
      }
      statuses.merge(status, 1, Integer::sum);
      if (status == 202) {
        nanos[accepted++] = System.nanoTime() - began;
      }
    }

    private int once(byte[] request) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(request);
      String head = head();
      int status = Integer.parseInt(head.substring(9, 12));
      String lower = head.toLowerCase(Locale.ROOT);
      int at = lower.indexOf("content-length: ");
      if (at >= 0) {
        in.readNBytes(
            Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)).strip()));
      }
      if (status == OVERSIZED || lower.contains("connection: close")) {
        socket.close();
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = opened();
      }
      return status;
    }

    private String head() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      int ends = 0;
      while (ends < 4) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("the agent has hung up after " + head.size() + " bytes");
        }
        head.write(next);
        ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
      }
      return head.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** That a service is slow, as Alertmanager says it. */
  static byte[] alert(String name, String service) {
    return alert(name, service, false);
  }

  /** The same, or that it is over. */
  static byte[] alert(String name, String service, boolean over) {
    String body =
        """
        {"version":"4","groupKey":"{}","status":"firing","receiver":"byteport","groupLabels":{},\
        "commonLabels":{},"commonAnnotations":{},"externalURL":"http://alertmanager.example.com",\
        "alerts":[{"status":"firing","labels":{"alertname":"%s","severity":"warning",\
        "service":"%s"},"annotations":{"summary":"%s is slow"},"startsAt":"2026-01-31T03:00:00Z",\
        "endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus.example.com",\
        "fingerprint":"%016x"}]}\
        """
            .formatted(name, service, service, (name + service).hashCode() & 0xffffffffL);
    return signed(over ? body.replace("firing", "resolved") : body);
  }

  /** A request that proves whose it is. */
  static byte[] signed(String body) {
    return request("X-Signature-256: " + signature(body) + "\r\n", body);
  }

  static byte[] forged(String body) {
    return request("X-Signature-256: " + signature(body + " ") + "\r\n", body);
  }

  static byte[] unsigned(String body) {
    return request("", body);
  }

  /** Only says how much it will send. */
  static byte[] oversized() {
    return ("POST "
            + PATH
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 20000000\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] request(String header, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ("POST "
            + PATH
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + header
            + "Content-Length: "
            + bytes.length
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String signature(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

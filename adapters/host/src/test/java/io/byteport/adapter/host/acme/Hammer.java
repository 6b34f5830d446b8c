package io.byteport.adapter.host.acme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Clients that ask a TLS server for a page without pause, each time over a new connection. */
final class Hammer implements AutoCloseable {
  private static final int CLIENTS = 3;

  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean over;

  Hammer(int port) throws Exception {
    SSLSocketFactory sockets = AcmeLab.trusting().getSocketFactory();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(Thread.ofPlatform().daemon().start(() -> ask(sockets, port)));
    }
  }

  /** How often the page came. */
  int answers() {
    return answers.get();
  }

  /** What went wrong; empty where nobody was turned away. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  private void ask(SSLSocketFactory sockets, int port) {
    while (!over) {
      try {
        String page = page(sockets, port);
        if (page.startsWith("HTTP/1.1 200") && page.endsWith("ok")) {
          answers.incrementAndGet();
        } else {
          failures.add("answered `" + page + "`");
        }
      } catch (IOException | UncheckedIOException e) {
        failures.add(e.toString());
      }
    }
  }

  private static String page(SSLSocketFactory sockets, int port) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      for (Thread client : clients) {
        client.join(60_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

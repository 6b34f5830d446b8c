package io.byteport.engine.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The network between a process and its database, which can be taken away and cut. */
final class Proxy implements AutoCloseable {
  private final int target;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile boolean away;
  private volatile String cutAt = "";

  Proxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Ends all connections, and lets none come to be until {@link #comeBack}. */
  void goAway() {
    away = true;
    open.forEach(Proxy::cut);
  }

  void comeBack() {
    away = false;
  }

  /**
   * Cuts the connection when the process sends these words, which do not reach the database.
   *
   * @param words never where they are empty
   */
  void cutAt(String words) {
    cutAt = words;
  }

  /** How often {@link #cutAt} has come true. */
  int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        if (away) {
          cut(near);
          continue;
        }
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(near);
        open.add(far);
        Thread.ofVirtual().start(() -> pass(near, far, true));
        Thread.ofVirtual().start(() -> pass(far, near, false));
      } catch (IOException closed) {
        open.forEach(Proxy::cut);
      }
    }
  }

  private void pass(Socket from, Socket to, boolean asks) {
    byte[] piece = new byte[1 << 16];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        String words = cutAt;
        if (asks
            && !words.isEmpty()
            && new String(piece, 0, length, StandardCharsets.ISO_8859_1).contains(words)) {
          cuts.incrementAndGet();
          return;
        }
        out.write(piece, 0, length);
        out.flush();
      }
    } catch (IOException gone) {
      cut(to);
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(Proxy::cut);
  }
}

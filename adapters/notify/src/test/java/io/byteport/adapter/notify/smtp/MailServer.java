package io.byteport.adapter.notify.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server that keeps what it is given (RFC 5321, 3207, 4954), as far as tests need one. */
final class MailServer implements AutoCloseable {
  private final ServerSocket socket;
  private final @Nullable SSLContext starttls;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Map<String, String> replies = new ConcurrentHashMap<>();

  private MailServer(ServerSocket socket, @Nullable SSLContext starttls) {
    this.socket = socket;
    this.starttls = starttls;
    threads.execute(this::accept);
  }

  static MailServer plain() throws IOException {
    return new MailServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), null);
  }

  static MailServer upgrading(SSLContext tls) throws IOException {
    return new MailServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), tls);
  }

  static MailServer encrypted(SSLContext tls) throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    return new MailServer(socket, null);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Answers a command so, by what the line begins with; {@code close} breaks the connection. */
  MailServer replies(String command, String reply) {
    replies.put(command, reply);
    return this;
  }

  /** What was taken, with its head. */
  List<String> mails() {
    return List.copyOf(mails);
  }

  /**
   * Every line that clients said, but bodies; with {@code TLS} before those that were protected.
   */
  List<String> said() {
    return List.copyOf(said);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException closed) {
      said.add("server closed");
    }
  }

  private void serve(Socket client) {
    try (client) {
      converse(client, client instanceof SSLSocket);
    } catch (IOException gone) {
      said.add("connection lost");
    }
  }

  private void converse(Socket client, boolean secure) throws IOException {
    InputStream in = client.getInputStream();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    OutputStream out = client.getOutputStream();
    if (!(client instanceof SSLSocket) || starttls == null) {
      say(out, replies.getOrDefault("CONNECT", "220 mail.example.com ESMTP"));
    }
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add((secure ? "TLS " : "") + line);
      String command = line.toUpperCase(Locale.ROOT);
      String reply = reply(command);
      if (reply.equals("close")) {
        return;
      }
      say(out, reply);
      if (command.startsWith("DATA") && reply.startsWith("354")) {
        mails.add(body(lines));
        say(out, replies.getOrDefault(".", "250 2.0.0 taken"));
      } else if (command.startsWith("STARTTLS") && starttls != null) {
        SSLSocket upgraded =
            (SSLSocket) starttls.getSocketFactory().createSocket(client, null, true);
        upgraded.setUseClientMode(false);
        converse(upgraded, true);
        return;
      } else if (command.startsWith("QUIT")) {
        return;
      }
    }
  }

  private String reply(String command) {
    for (Map.Entry<String, String> reply : replies.entrySet()) {
      if (command.startsWith(reply.getKey().toUpperCase(Locale.ROOT))) {
        return reply.getValue();
      }
    }
    if (command.startsWith("EHLO")) {
      return "250-mail.example.com\r\n"
          + (starttls == null ? "" : "250-STARTTLS\r\n")
          + "250-AUTH PLAIN\r\n250 8BITMIME";
    }
    if (command.startsWith("STARTTLS")) {
      return starttls == null ? "502 5.5.1 not here" : "220 2.0.0 go on";
    }
    if (command.startsWith("DATA")) {
      return "354 go on";
    }
    if (command.startsWith("AUTH")) {
      return "235 2.7.0 welcome";
    }
    return command.startsWith("QUIT") ? "221 bye" : "250 2.1.0 ok";
  }

  private static String body(BufferedReader lines) throws IOException {
    StringBuilder body = new StringBuilder();
    for (String line = lines.readLine();
        line != null && !line.equals(".");
        line = lines.readLine()) {
      body.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    return body.toString();
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException stuck) {
      throw new UncheckedIOException(stuck);
    }
    threads.shutdownNow();
  }
}

package io.byteport.adapter.probes.dns;

import io.byteport.adapter.probes.net.PlainText;
import io.byteport.adapter.probes.net.TimeLimit;
import io.byteport.dsl.value.Quantities;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Asks name servers one question, over UDP and again over TCP where the answer does not fit. Each
 * server gets its share of the time, and UDP is tried twice. Safe for several threads.
 */
final class DnsClient {
  private static final int TRIES = 2;
  private static final int LARGEST = 65_535;

  private final SecureRandom numbers = new SecureRandom();

  /**
   * The answer of the first server that has one.
   *
   * @throws ActionException if none has: UNREACHABLE with what the last one said or did, TIMEOUT
   *     where nothing came back
   */
  DnsAnswer ask(List<InetSocketAddress> servers, String name, int type, Duration limit)
      throws ActionException, InterruptedException {
    try {
      return TimeLimit.within(limit, () -> first(servers, name, type, limit));
    } catch (TimeoutException | SocketTimeoutException e) {
      throw new ActionException(
          FailureKind.TIMEOUT,
          ActionException.Effect.NONE,
          "no name server answered for " + name + " within " + Quantities.print(limit),
          e);
    } catch (IOException e) {
      throw new ActionException(
          FailureKind.UNREACHABLE,
          ActionException.Effect.NONE,
          "no name server answered for " + name + ": " + PlainText.words(e),
          e);
    }
  }

  private DnsAnswer first(List<InetSocketAddress> servers, String name, int type, Duration limit)
      throws IOException {
    int share = Math.clamp(limit.toMillis() / servers.size(), 1, Integer.MAX_VALUE);
    IOException refusal = new IOException("there is no name server");
    for (InetSocketAddress server : servers) {
      try {
        DnsAnswer answer = one(server, name, type, share);
        if (answer.code() == DnsAnswer.NO_ERROR || answer.code() == DnsAnswer.NO_SUCH_NAME) {
          return answer;
        }
        refusal = new IOException(place(server) + " answered " + DnsAnswer.word(answer.code()));
      } catch (SocketTimeoutException e) {
        refusal = e;
      } catch (IOException e) {
        refusal = new IOException(place(server) + ": " + PlainText.words(e), e);
      }
    }
    throw refusal;
  }

  private static String place(InetSocketAddress server) {
    return server.getAddress().getHostAddress() + ":" + server.getPort();
  }

  private DnsAnswer one(InetSocketAddress server, String name, int type, int millis)
      throws IOException {
    byte[] query = DnsMessage.query(numbers.nextInt(1 << 16), name, type);
    DnsAnswer answer = DnsReader.read(datagram(server, query, millis), query);
    return answer.cut() ? DnsReader.read(stream(server, query, millis), query) : answer;
  }

  private static byte[] datagram(InetSocketAddress server, byte[] query, int millis)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server); // nobody else's datagrams are received
      socket.setSoTimeout(Math.max(1, millis / TRIES));
      for (int attempt = 1; ; attempt++) {
        socket.send(new DatagramPacket(query, query.length));
        try {
          return answer(socket, query);
        } catch (SocketTimeoutException e) {
          if (attempt == TRIES) {
            throw e;
          }
        }
      }
    }
  }

  private static byte[] answer(DatagramSocket socket, byte[] query) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    do {
      packet.setLength(LARGEST);
      socket.receive(packet);
    } while (!DnsReader.answers(packet.getData(), packet.getLength(), query));
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private static byte[] stream(InetSocketAddress server, byte[] query, int millis)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, millis);
      socket.setSoTimeout(millis);
      OutputStream out = socket.getOutputStream();
      byte[] framed = new byte[query.length + 2];
      framed[0] = (byte) (query.length >>> 8);
      framed[1] = (byte) query.length;
      System.arraycopy(query, 0, framed, 2, query.length);
      out.write(framed);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      return answer;
    }
  }
}

package io.byteport.cli.world;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A name server on the loopback that answers over UDP (RFC 1035) that every name is in the zone
 * {@code example.com}, and has the address 127.0.0.1.
 */
public final class ZoneServer implements AutoCloseable {
  private static final String ZONE = "example.com";
  private static final int HEADER = 12;
  private static final int A = 1;
  private static final int SOA = 6;

  private final DatagramSocket socket;

  /**
   * Starts it on a free port.
   *
   * @throws IOException if there is none
   */
  public ZoneServer() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
  }

  /** Host and port. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    byte[] bytes = new byte[1500];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(bytes, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException closed) {
      return; // nobody asks any more
    }
  }

  private static byte[] answer(byte[] asked) {
    int end = HEADER;
    StringBuilder name = new StringBuilder();
    while (asked[end] != 0) {
      String label = new String(asked, end + 1, asked[end], StandardCharsets.US_ASCII);
      name.append(name.isEmpty() ? "" : ".").append(label.toLowerCase(Locale.ROOT));
      end += asked[end] + 1;
    }
    end++;
    int type = ByteBuffer.wrap(asked).getShort(end);
    boolean isZone = type == SOA && name.toString().equals(ZONE);
    ByteBuffer out = ByteBuffer.allocate(1500);
    out.put(asked, 0, 2).putShort((short) 0x8580).putShort((short) 1);
    out.putShort((short) (type == A || isZone ? 1 : 0));
    out.putShort((short) (type == A || isZone ? 0 : 1)).putShort((short) 0);
    out.put(asked, HEADER, end + 4 - HEADER);
    if (type == A) {
      name(out, name.toString()).putShort((short) A).putShort((short) 1).putInt(1);
      out.putShort((short) 4).put(new byte[] {127, 0, 0, 1});
    } else {
      authority(out);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void authority(ByteBuffer out) {
    name(out, ZONE).putShort((short) SOA).putShort((short) 1).putInt(1);
    ByteBuffer data = ByteBuffer.allocate(200);
    name(data, "ns." + ZONE);
    name(data, "hostmaster." + ZONE).putInt(1).putInt(3600).putInt(600).putInt(86400).putInt(1);
    out.putShort((short) data.position()).put(data.array(), 0, data.position());
  }

  private static ByteBuffer name(ByteBuffer out, String name) {
    for (String label : name.split("\\.", -1)) {
      byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
      out.put((byte) bytes.length).put(bytes);
    }
    return out.put((byte) 0);
  }

  @Override
  public void close() {
    socket.close();
  }
}

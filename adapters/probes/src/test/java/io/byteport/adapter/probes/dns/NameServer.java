package io.byteport.adapter.probes.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A name server on the loopback address, over UDP and TCP on the same port. It knows what it was
 * told; to the rest it answers that there is no such name.
 */
final class NameServer implements AutoCloseable {
  static final int CNAME = 5;
  static final int SOA = 6;

  private final DatagramSocket datagrams;
  private final ServerSocket streams;
  private final Map<String, List<byte[]>> answers = new LinkedHashMap<>();
  private final Map<String, byte[]> zones = new LinkedHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int code;
  private volatile boolean silent;
  private volatile boolean lies;

  NameServer() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    streams = new ServerSocket(0, 50, loopback);
    datagrams = new DatagramSocket(new InetSocketAddress(loopback, streams.getLocalPort()));
    Thread.ofVirtual().start(this::overUdp);
    Thread.ofVirtual().start(this::overTcp);
  }

  String address() {
    return "127.0.0.1:" + streams.getLocalPort();
  }

  /** The transport, type and name of each query. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  NameServer knows(String name, int type, byte[] data) {
    answers
        .computeIfAbsent(name + "/" + type, missing -> new ArrayList<>())
        .add(record(name, type, data));
    return this;
  }

  /** The zone is told about in answers about names below it that it does not know. */
  NameServer serves(String zone, String primary, String responsible) {
    byte[] data = concat(name(primary), name(responsible), new byte[20]);
    knows(zone, SOA, data);
    zones.put(zone, record(zone, SOA, data));
    return this;
  }

  NameServer answersAlways(int responseCode) {
    this.code = responseCode;
    return this;
  }

  NameServer saysNothing() {
    this.silent = true;
    return this;
  }

  /** Answers with a number that nobody asked with before it answers rightly. */
  NameServer liesFirst() {
    this.lies = true;
    return this;
  }

  static byte[] name(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : name.split("\\.")) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
    }
    out.write(0);
    return out.toByteArray();
  }

  /** A TXT record's strings. */
  static byte[] text(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i += 255) {
      int length = Math.min(255, bytes.length - i);
      out.write(length);
      out.write(bytes, i, length);
    }
    return out.toByteArray();
  }

  private static byte[] record(String owner, int type, byte[] data) {
    int length = data.length;
    return concat(
        name(owner),
        new byte[] {(byte) (type >> 8), (byte) type, 0, 1, 0, 0, 1, 44},
        new byte[] {(byte) (length >> 8), (byte) length},
        data);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  private byte[] answer(byte[] query, String transport, int most) {
    int at = 12;
    StringBuilder name = new StringBuilder();
    while (query[at] != 0) {
      name.append(name.isEmpty() ? "" : ".");
      name.append(new String(query, at + 1, query[at], StandardCharsets.ISO_8859_1));
      at += query[at] + 1;
    }
    int type = (query[at + 1] & 0xFF) << 8 | query[at + 2] & 0xFF;
    asked.add(transport + " " + type + " " + name);
    byte[] question = Arrays.copyOfRange(query, 12, at + 5);
    List<byte[]> found = new ArrayList<>(answers.getOrDefault(name + "/" + CNAME, List.of()));
    if (type != CNAME) {
      found.addAll(answers.getOrDefault(name + "/" + type, List.of()));
    }
    boolean exists = answers.keySet().stream().anyMatch(key -> key.startsWith(name + "/"));
    List<byte[]> authority =
        found.isEmpty()
            ? zones.entrySet().stream()
                .filter(zone -> name.toString().endsWith("." + zone.getKey()))
                .map(Map.Entry::getValue)
                .toList()
            : List.of();
    int response = code != 0 ? code : exists ? 0 : 3;
    byte[] whole = message(query, question, response, found, authority);
    byte[] cut = message(query, question, response, List.of(), List.of());
    cut[2] |= 0x02;
    return whole.length > most ? cut : whole;
  }

  private static byte[] message(
      byte[] query, byte[] question, int response, List<byte[]> found, List<byte[]> authority) {
    byte[] header = {
      query[0],
      query[1],
      (byte) 0x81,
      (byte) (0x80 | response),
      0,
      1,
      (byte) (found.size() >> 8),
      (byte) found.size(),
      0,
      (byte) authority.size(),
      0,
      0
    };
    return concat(
        header,
        question,
        concat(found.toArray(new byte[0][])),
        concat(authority.toArray(new byte[0][])));
  }

  private void overUdp() {
    byte[] buffer = new byte[4096];
    while (!datagrams.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        datagrams.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] answer = answer(query, "udp", 1232);
        if (lies) {
          byte[] wrong = answer.clone();
          wrong[0] ^= 0x55;
          datagrams.send(new DatagramPacket(wrong, wrong.length, packet.getSocketAddress()));
        }
        if (!silent) {
          datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void overTcp() {
    while (!streams.isClosed()) {
      try (Socket socket = streams.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        byte[] answer = answer(query, "tcp", 65_535);
        byte[] length = {(byte) (answer.length >> 8), (byte) answer.length};
        socket.getOutputStream().write(concat(length, answer));
      } catch (IOException closed) {
        if (streams.isClosed()) {
          return;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
    streams.close();
  }
}

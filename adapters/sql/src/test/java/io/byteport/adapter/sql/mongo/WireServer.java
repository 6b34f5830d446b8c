package io.byteport.adapter.sql.mongo;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * Speaks MongoDB's wire protocol on a free port of the loopback, with the answers of a script. It
 * knows OP_MSG, and OP_QUERY for the first greeting.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/">The
 *     protocol</a>
 */
final class WireServer implements AutoCloseable {
  private static final int HEADER = 16;
  private static final int OP_REPLY = 1;
  private static final int OP_QUERY = 2004;
  private static final int OP_MSG = 2013;

  /** As a standalone mongod 7.0 greets, as far as drivers read it. */
  private static final String GREETING =
      """
      {"helloOk": true, "ismaster": true, "isWritablePrimary": true, "maxBsonObjectSize": 16777216,
       "maxMessageSizeBytes": 48000000, "maxWriteBatchSize": 100000,
       "localTime": {"$date": "2026-06-14T08:10:25.731Z"}, "logicalSessionTimeoutMinutes": 30,
       "connectionId": 7, "minWireVersion": 0, "maxWireVersion": 21, "readOnly": false, "ok": 1.0}
      """;

  private final ServerSocket listener;
  private final Script script;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final List<BsonDocument> asked = new CopyOnWriteArrayList<>();

  /** What is answered; called by several threads. */
  @FunctionalInterface
  interface Script {
    /**
     * @param command whose first field is its name
     * @return empty to hang up without a word
     */
    Optional<BsonDocument> answer(BsonDocument command);
  }

  WireServer(Script script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Every command of that name, in order, as it came over the wire. */
  List<BsonDocument> asked(String name) {
    return asked.stream().filter(command -> command.getFirstKey().equals(name)).toList();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream()) {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = exchange(in, out);
      }
    } catch (IOException gone) {
      return; // the client has left
    }
  }

  private boolean exchange(DataInputStream in, OutputStream out) throws IOException {
    byte[] first = new byte[HEADER];
    try {
      in.readFully(first);
    } catch (EOFException over) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
    byte[] rest = new byte[header.getInt(0) - HEADER];
    in.readFully(rest);
    ByteBuffer body = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
    int operation = header.getInt(12);
    BsonDocument command = operation == OP_QUERY ? query(body) : message(body);
    asked.add(command);
    Optional<BsonDocument> answer =
        switch (command.getFirstKey()) {
          case "hello", "isMaster", "ismaster" -> Optional.of(BsonDocument.parse(GREETING));
          default -> script.answer(command);
        };
    if (answer.isEmpty()) {
      return false;
    }
    out.write(reply(answer.get(), header.getInt(4), operation));
    out.flush();
    return true;
  }

  /** Flags, a name that ends with zero, two numbers, a document. */
  private static BsonDocument query(ByteBuffer body) {
    body.position(4);
    int end = body.position();
    while (body.get(end) != 0) {
      end++;
    }
    body.position(end + 1 + 8);
    return document(body);
  }

  /** Flags and sections, of which the first of kind 0 is the command. */
  private static BsonDocument message(ByteBuffer body) throws IOException {
    body.position(4);
    if (body.get() != 0) {
      throw new IOException("a command begins with a section of kind 0");
    }
    return document(body);
  }

  private static BsonDocument document(ByteBuffer body) {
    byte[] bytes = new byte[body.getInt(body.position())];
    body.get(bytes);
    return new RawBsonDocument(bytes);
  }

  private static byte[] reply(BsonDocument answer, int to, int operation) {
    try (BasicOutputBuffer buffer = new BasicOutputBuffer();
        BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
      new BsonDocumentCodec().encode(writer, answer, EncoderContext.builder().build());
      byte[] document = buffer.toByteArray();
      int before = operation == OP_QUERY ? 20 : 5;
      ByteBuffer out =
          ByteBuffer.allocate(HEADER + before + document.length).order(ByteOrder.LITTLE_ENDIAN);
      out.putInt(out.capacity()).putInt(to + 1).putInt(to);
      out.putInt(operation == OP_QUERY ? OP_REPLY : OP_MSG).putInt(0);
      if (operation == OP_QUERY) {
        out.putLong(0).putInt(0).putInt(1);
      } else {
        out.put((byte) 0);
      }
      return out.put(document).array();
    }
  }

  /** Everybody is hung up on. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : new ArrayList<>(clients)) {
      client.close();
    }
  }
}

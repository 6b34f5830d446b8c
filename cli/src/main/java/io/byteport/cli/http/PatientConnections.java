package io.byteport.cli.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** Connections of another kind, of which everything that is read goes past {@link Deadlines}. */
record PatientConnections(ServerConnectionSelector kind, Deadlines deadlines)
    implements ServerConnectionSelector {

  @Override
  public int bytesToIdentifyConnection() {
    return kind.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return kind.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return kind.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    Deadlines.Line line = deadlines.line();
    DataReader reader = DataReader.create(line.of(context.dataReader()));
    return new Watched(kind.connection(new Surroundings(context, reader)), line, deadlines);
  }

  /** Forgets its line when it has ended. */
  private record Watched(ServerConnection connection, Deadlines.Line line, Deadlines deadlines)
      implements ServerConnection {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      deadlines.watch(line);
      try {
        connection.handle(limit);
      } finally {
        deadlines.forget();
      }
    }

    @Override
    public Duration idleTime() {
      return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt);
    }
  }

  private record Surroundings(ConnectionContext context, DataReader reader)
      implements ConnectionContext {
    @Override
    public DataReader dataReader() {
      return reader;
    }

    @Override
    public ListenerContext listenerContext() {
      return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return context.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return context.dataWriter();
    }

    @Override
    public Router router() {
      return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return context.localPeer();
    }

    @Override
    public boolean isSecure() {
      return context.isSecure();
    }

    @Override
    public String socketId() {
      return context.socketId();
    }

    @Override
    public String childSocketId() {
      return context.childSocketId();
    }
  }
}

package io.byteport.adapter.host.machine;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The SSH agent behind a socket of this machine (draft-miller-ssh-agent, section 3): a length of
 * four bytes, then the message, each way.
 */
final class AgentSocket extends AbstractAgentProxy {
  private static final int LONGEST = 256 * 1024;

  private final @Nullable SocketChannel channel;

  /**
   * @param path the socket; null for an agent without identities
   */
  AgentSocket(@Nullable String path) throws IOException {
    super(null);
    channel = path == null ? null : SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  @Override
  public boolean isOpen() {
    return channel == null || channel.isOpen();
  }

  @Override
  public Iterable<? extends Map.Entry<PublicKey, String>> getIdentities() throws IOException {
    return channel == null ? List.of() : super.getIdentities();
  }

  @Override
  protected synchronized Buffer request(Buffer message) throws IOException {
    SocketChannel agent = channel;
    if (agent == null) {
      throw new IOException("there is no agent");
    }
    ByteBuffer out = ByteBuffer.wrap(message.array(), message.rpos(), message.available());
    while (out.hasRemaining()) {
      agent.write(out);
    }
    int length = read(agent, 4).getInt();
    if (length < 1 || length > LONGEST) {
      throw new IOException("the agent answers with " + length + " bytes");
    }
    return new ByteArrayBuffer(read(agent, length).array());
  }

  private static ByteBuffer read(SocketChannel agent, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (agent.read(buffer) < 0) {
        throw new IOException("the agent closed the connection");
      }
    }
    return buffer.flip();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
    super.close();
  }
}

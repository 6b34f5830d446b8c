package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The first source that has keys, asked in order; temporary keys are kept until shortly before they
 * expire, lasting ones are read anew. Safe for several threads.
 */
final class KeyChain {
  private final List<AwsKeySource> sources;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable AwsKeys kept;

  KeyChain(List<AwsKeySource> sources) {
    this.sources = List.copyOf(sources);
  }

  AwsKeys keys(Deadline deadline) throws ActionException, InterruptedException {
    lock.lockInterruptibly();
    try {
      AwsKeys known = kept;
      if (known != null && known.expires() != null && !known.isStale(deadline.now())) {
        return known;
      }
      for (AwsKeySource source : sources) {
        Optional<AwsKeys> found = source.keys(deadline);
        if (found.isPresent()) {
          kept = found.get();
          return found.get();
        }
      }
    } finally {
      lock.unlock();
    }
    throw ActionException.refused(
        FailureKind.FORBIDDEN,
        "no AWS credentials: neither the connection, the environment, a web identity, a profile, a"
            + " container nor the instance's metadata has any");
  }
}

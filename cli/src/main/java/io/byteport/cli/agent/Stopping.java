package io.byteport.cli.agent;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the system tells this process: SIGHUP to read everything again, SIGTERM and SIGINT to stop,
 * a second one of those to end at once. Where the machine knows no signals, it is stopped by ending
 * the Java machine.
 */
public final class Stopping {
  private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);
  private static final int SIGTERM_STATUS = 143;

  private final CountDownLatch told = new CountDownLatch(1);
  private final AtomicReference<Agent> agent = new AtomicReference<>();

  private Stopping() {}

  /** Hears signals from now on. */
  public static Stopping install() {
    Stopping stopping = new Stopping();
    stopping.on("TERM", stopping::stop);
    stopping.on("INT", stopping::stop);
    stopping.on("HUP", stopping::reload);
    return stopping;
  }

  /** By name alone: the classes belong to the machine and to no standard. */
  private void on(String name, Runnable work) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              work.run();
            }
            return method.getReturnType() == int.class
                ? Integer.valueOf(System.identityHashCode(proxy))
                : null;
          };
      Object made =
          Proxy.newProxyInstance(Stopping.class.getClassLoader(), new Class<?>[] {handler}, run);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), made);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.debug("SIG{} cannot be heard here", name, e);
    }
  }

  private void stop() {
    if (told.getCount() == 0) {
      Agent running = agent.get();
      LOG.warn(
          "told to stop a second time: ends at once; {}",
          running == null ? "nothing was begun" : running.left());
      Runtime.getRuntime().halt(SIGTERM_STATUS);
    }
    told.countDown();
  }

  private void reload() {
    Agent running = agent.get();
    if (running != null) {
      Thread.ofVirtual().name("byteport-reload").start(running::reload);
    }
  }

  /**
   * Waits until it is to stop.
   *
   * @param running is told to read everything again when the system says so
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  public void await(Agent running) throws InterruptedException {
    agent.set(running);
    told.await();
  }
}

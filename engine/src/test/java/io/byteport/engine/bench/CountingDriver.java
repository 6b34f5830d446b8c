package io.byteport.engine.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes to the database and back: addresses that begin with {@code jdbc:counted:} are
 * those that begin with {@code jdbc:}, and what is executed through them is counted.
 */
final class CountingDriver implements Driver {
  private static final String PREFIX = "jdbc:counted:";
  private static final Set<String> EXECUTES =
      Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "executeLargeUpdate");

  /** Statements, each batch as one, and transactions that were ended. */
  final AtomicLong statements = new AtomicLong();

  final AtomicLong ends = new AtomicLong();

  /** How often each statement was executed; those that were not prepared have no text. */
  final Map<String, AtomicLong> texts = new ConcurrentHashMap<>();

  /** What counts from now on. */
  static CountingDriver registered() throws SQLException {
    CountingDriver driver = new CountingDriver();
    DriverManager.registerDriver(driver);
    return driver;
  }

  static String counted(String jdbcUrl) {
    return PREFIX + jdbcUrl.substring("jdbc:".length());
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    Connection real = DriverManager.getConnection("jdbc:" + url.substring(PREFIX.length()), info);
    return proxy(Connection.class, (method, arguments) -> connection(real, method, arguments));
  }

  private @Nullable Object connection(Connection real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean ends = method.getName().equals("commit") || method.getName().equals("rollback");
    if (ends) {
      this.ends.incrementAndGet();
    }
    Object result = call(real, method, arguments);
    return switch (result) {
      case PreparedStatement statement when arguments != null ->
          counted(PreparedStatement.class, statement, String.valueOf(arguments[0]));
      case Statement statement -> counted(Statement.class, statement, "");
      case null, default -> result;
    };
  }

  private <T extends Statement> T counted(Class<T> type, T real, String text) {
    return proxy(
        type,
        (method, arguments) -> {
          if (EXECUTES.contains(method.getName())) {
            statements.incrementAndGet();
            texts.computeIfAbsent(text, none -> new AtomicLong()).incrementAndGet();
          }
          return call(real, method, arguments);
        });
  }

  private interface Call {
    @Nullable Object answer(Method method, Object @Nullable [] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader() == null
                ? CountingDriver.class.getClassLoader()
                : type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.answer(method, arguments)));
  }

  private static @Nullable Object call(Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}

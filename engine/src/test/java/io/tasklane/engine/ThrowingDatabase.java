package io.tasklane.engine;

import io.tasklane.database.Database;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A database whose connections throw what no driver should, as often as they are told to, when a
 * statement with a certain text is prepared.
 */
final class ThrowingDatabase {
  private final Database real;
  private volatile String part = "";
  private volatile Supplier<Throwable> thrown = IllegalStateException::new;
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger times = new AtomicInteger();

  ThrowingDatabase(Database real) {
    this.real = real;
  }

  Database database() {
    return new Database(source(real.pool()), source(real.direct()));
  }

  /** From now on the next statements with this text throw this. */
  void breakNext(int statements, String text, Supplier<Throwable> what) {
    part = text;
    thrown = what;
    times.set(0);
    left.set(statements);
  }

  /** How often it has thrown since then. */
  int thrown() {
    return times.get();
  }

  private DataSource source(DataSource source) {
    return proxy(
        DataSource.class,
        (proxy, method, args) -> {
          Object answer = call(source, method, args);
          return answer instanceof Connection opened ? connection(opened) : answer;
        });
  }

  private Connection connection(Connection opened) {
    return proxy(
        Connection.class,
        (proxy, method, args) -> {
          boolean prepares = method.getName().equals("prepareStatement");
          if (prepares && ((String) args[0]).contains(part) && left.getAndDecrement() > 0) {
            times.incrementAndGet();
            throw thrown.get();
          }
          return call(opened, method, args);
        });
  }

  private static Object call(Object target, java.lang.reflect.Method method, Object[] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}

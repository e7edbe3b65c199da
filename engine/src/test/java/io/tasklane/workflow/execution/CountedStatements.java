package io.tasklane.workflow.execution;

import io.tasklane.database.Database;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** The statements that are prepared on the connections of a database, in their order. */
final class CountedStatements {
  private final Database real;
  private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

  CountedStatements(Database real) {
    this.real = real;
  }

  /** The database whose statements count. */
  Database database() {
    return new Database(source(real.pool()), source(real.direct()));
  }

  /** What was prepared meanwhile and names this. */
  List<String> during(Runnable what, String name) {
    texts.clear();
    what.run();
    synchronized (texts) {
      return texts.stream().filter(text -> text.contains(name)).toList();
    }
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
          if (method.getName().equals("prepareStatement")) {
            texts.add((String) args[0]);
          }
          return call(opened, method, args);
        });
  }

  private static Object call(Object target, Method method, Object[] args) throws Throwable {
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

package io.tasklane.client.worker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SIGTERM and SIGINT: the first drains, the second ends the process. A shutdown hook would not do,
 * because then the second is ignored, and the exit code is not 0. sun.misc.Signal, which every JDK
 * has for this, is reached by reflection because compilers warn of its name.
 */
final class Signals {
  private Signals() {}

  static void onStop(Runnable drain) {
    AtomicInteger count = new AtomicInteger();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (count.incrementAndGet() == 1) {
            drain.run();
          } else {
            Runtime.getRuntime().halt(1);
          }
          return null;
        };
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
      for (String name : new String[] {"TERM", "INT"}) {
        Object number = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, type).invoke(null, number, listener);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM has no signals", e);
    }
  }
}

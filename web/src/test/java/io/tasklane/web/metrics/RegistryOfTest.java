package io.tasklane.web.metrics;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** A registry of MicroProfile for tests: what is registered in it, and what its counters count. */
final class RegistryOfTest implements InvocationHandler {
  final Map<MetricID, AtomicLong> counters = new TreeMap<>();
  final Map<MetricID, Object> gauges = new TreeMap<>();

  MetricRegistry registry() {
    return proxy(MetricRegistry.class, this);
  }

  /** Every series there is. */
  Set<MetricID> series() {
    Set<MetricID> all = new java.util.TreeSet<>(counters.keySet());
    all.addAll(gauges.keySet());
    return all;
  }

  @Override
  public Object invoke(Object registry, Method method, Object[] given) {
    return switch (method.getName()) {
      case "counter" -> counter(id(given[0], given[1]));
      case "gauge" -> gauges.put(id(given[0], given[3]), given[2]);
      case "remove" ->
          counters.remove((MetricID) given[0]) != null | gauges.remove((MetricID) given[0]) != null;
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private static MetricID id(Object metadata, Object tags) {
    return new MetricID(((Metadata) metadata).getName(), (Tag[]) tags);
  }

  private Counter counter(MetricID id) {
    AtomicLong value = counters.computeIfAbsent(id, added -> new AtomicLong());
    return proxy(
        Counter.class,
        (counter, method, given) -> {
          if (!method.getName().equals("inc") || given == null) {
            throw new UnsupportedOperationException(method.toString());
          }
          value.addAndGet((Long) given[0]);
          return null;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    Class<?>[] types = {type};
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), types, handler));
  }
}

package io.tasklane.story;

import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Records which methods of the deployed Orchestrator bean the engine calls. */
public class OrchestratorCalls {
  /** Names of the methods, in the order of the calls. */
  static final Collection<String> METHODS = new ConcurrentLinkedQueue<>();

  /** The deployment descriptor that puts it around the bean. */
  static final String DESCRIPTOR =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ejb-jar xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0">
        <interceptors>
          <interceptor>
            <interceptor-class>io.tasklane.story.OrchestratorCalls</interceptor-class>
          </interceptor>
        </interceptors>
        <assembly-descriptor>
          <interceptor-binding>
            <ejb-name>Orchestrator</ejb-name>
            <interceptor-class>io.tasklane.story.OrchestratorCalls</interceptor-class>
          </interceptor-binding>
        </assembly-descriptor>
      </ejb-jar>
      """;

  /** For the container. */
  public OrchestratorCalls() {}

  @AroundInvoke
  Object record(InvocationContext call) throws Exception {
    METHODS.add(call.getMethod().getName());
    return call.proceed();
  }
}

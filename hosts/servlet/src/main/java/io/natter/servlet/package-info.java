/// Runs Natter inside a servlet container: [io.natter.servlet.NatterServlet].
package io.natter.servlet;

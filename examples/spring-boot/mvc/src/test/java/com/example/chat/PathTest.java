package com.example.chat;

import com.example.checks.PathTests;
import org.springframework.boot.test.context.SpringBootTest;

/// Below a context path.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.servlet.context-path=/app", "management.server.port=0"})
class PathTest extends PathTests {}

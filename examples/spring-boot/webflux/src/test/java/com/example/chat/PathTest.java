package com.example.chat;

import com.example.checks.PathTests;
import org.springframework.boot.test.context.SpringBootTest;

/// Below a base path of WebFlux.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.webflux.base-path=app", "management.server.port=0"})
class PathTest extends PathTests {}

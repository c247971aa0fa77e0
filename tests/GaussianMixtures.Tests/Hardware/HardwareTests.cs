using System.Diagnostics;
using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>The references are met on lesser hardware too: each case is a process of its own with vector units switched off.</summary>
public class HardwareTests
{
    [Theory]
    [InlineData("EnableAVX512", "512: False")]
    [InlineData("EnableAVX2", "512: False, 256: False")]
    [InlineData("EnableHWIntrinsic", "512: False, 256: False")]
    public async Task References_WithoutAVectorUnit_AreMet(string unit, string expected)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(HardwareTests).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[$"DOTNET_{unit}"] = "0";

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0, await errors);
        output.Should().Contain(expected);
    }
}

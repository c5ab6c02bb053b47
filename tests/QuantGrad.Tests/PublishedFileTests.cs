using System.IO.Pipes;

namespace QuantGrad.Tests;

/// <summary>A file is published whole; what is no file is written to.</summary>
public sealed class PublishedFileTests
{
    [Fact]
    public async Task WriteText_DescriptorOfAPipe_WritesIntoIt()
    {
        if (!Directory.Exists("/dev/fd")) Assert.Skip("This system has no /dev/fd.");
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.In);

        PublishedFile.WriteText($"/dev/fd/{pipe.GetClientHandleAsString()}", "date,value\n");
        pipe.DisposeLocalCopyOfClientHandle();

        using var reader = new StreamReader(pipe);
        Assert.Equal("date,value\n", await reader.ReadToEndAsync());
    }

    [Fact]
    public void Write_WriterThatThrows_LeavesTheFileAsItWas()
    {
        var folder = Directory.CreateTempSubdirectory("quantgrad-published-");
        try
        {
            var path = Path.Combine(folder.FullName, "figures.csv");
            PublishedFile.WriteText(path, "before");
            Assert.Throws<InvalidOperationException>(() => PublishedFile.Write(path, stream =>
            {
                stream.Write("half"u8);
                throw new InvalidOperationException();
            }));

            Assert.Equal("before", File.ReadAllText(path));
            Assert.Equal(path, Assert.Single(Directory.GetFiles(folder.FullName)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
